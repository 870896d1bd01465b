/** What the readers of graph files share: values with known contents, their folding, and operators written as nodes. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.translate;

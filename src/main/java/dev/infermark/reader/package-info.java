/** Models as users bring them, by name or by file, turned into graphs. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader;

/** Named rules that recognise what exporters have decomposed, and what runs them over a graph. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.rewrite;

/** Histories that other tools wrote, as lines of our own. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.imports;

/** The one way to read and to write CSV. */
@org.jspecify.annotations.NullMarked
package dev.infermark.csv;

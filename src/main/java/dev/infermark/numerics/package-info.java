/** Data types, their encodings and rounding. */
@org.jspecify.annotations.NullMarked
package dev.infermark.numerics;

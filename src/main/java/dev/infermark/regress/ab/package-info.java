/** Measures two builds side by side on one machine. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.ab;

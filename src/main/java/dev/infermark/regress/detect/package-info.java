/** Finds the runs at which the level of a series changes. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.detect;

/**
 * Predictions of any product of settings, row by row: a row depends on its number in the grid alone, so that rows can
 * be computed anywhere, in any order and again.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.plan.sweep;

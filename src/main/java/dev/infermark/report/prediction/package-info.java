/** Predictions as tables. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.prediction;

/** Predictions beside measurements, calibrations and their accuracy, as tables and plots. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.validation;

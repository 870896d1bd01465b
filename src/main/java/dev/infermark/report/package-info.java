/** Tables, CSV, plots and pages. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report;

/** Plots: what they show, and their pictures. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.plot;

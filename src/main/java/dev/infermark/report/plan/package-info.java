/** Choices of deployments as tables, plots and a page. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.plan;

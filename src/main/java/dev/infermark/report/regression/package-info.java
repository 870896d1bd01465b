/** What people and CI servers see of regression tracking: tables, pages, JUnit XML, plots. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.regression;

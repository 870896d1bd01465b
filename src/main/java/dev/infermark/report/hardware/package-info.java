/** What is known about chips, instances and prices, as tables. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.hardware;

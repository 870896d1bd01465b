/** Text generation as tables: speed, time by cause, memory, accuracy. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.generation;

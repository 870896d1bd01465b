/** Modelled runs as traces that viewers such as Perfetto open. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.trace;

/** Kernels measured on the host as tables and plots, beside other libraries, the limit and NeuronCores. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.kernels;

/** Kernels measured on the host beside what NeuronCores are modelled to take for the same operations. */
@org.jspecify.annotations.NullMarked
package dev.infermark.compare;

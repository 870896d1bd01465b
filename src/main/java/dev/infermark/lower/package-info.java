/** From graphs to the instructions of a NeuronCore: auto-cast, fusion, tiling, stages. */
@org.jspecify.annotations.NullMarked
package dev.infermark.lower;

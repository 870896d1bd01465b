/** The time that a program takes on a NeuronCore, engine by engine. */
@org.jspecify.annotations.NullMarked
package dev.infermark.simulate;

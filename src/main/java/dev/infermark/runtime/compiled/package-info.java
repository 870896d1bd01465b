/** Networks that were lowered once and kept in a file, and what the Neuron compiler takes for its like of them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime.compiled;

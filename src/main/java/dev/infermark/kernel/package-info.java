/** The NeuronCore's engines on this host: one facade per engine. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel;

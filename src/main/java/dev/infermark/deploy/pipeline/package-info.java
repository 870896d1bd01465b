/** Networks whose layers are divided among cores that hand activations on (NeuronCore Pipeline). */
@org.jspecify.annotations.NullMarked
package dev.infermark.deploy.pipeline;

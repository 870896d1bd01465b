package dev.infermark.deploy;

import dev.infermark.base.Refusal;
import dev.infermark.deploy.pipeline.Pipeline;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Outline.Stored;
import dev.infermark.lower.Coverage;
import dev.infermark.lower.CustomSupport;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer about a network needs to know of it beside its program.
 *
 * @param name the network
 * @param inputs the inputs of a call by name, type and shape
 * @param batch sequences or images of a call
 * @param mix what the network consists of
 * @param parameters learned parameters
 * @param flops floating-point operations of matmuls and convolutions in a call
 * @param fileBytes weights and constants in the types of the model
 * @param dividedWeights weights that the cores of a pipeline hold
 * @param unmodelled what is costed as data movement only, where anything is
 */
public record NetworkFacts(
        String name,
        List<String> inputs,
        long batch,
        Set<OperatorMix> mix,
        long parameters,
        long flops,
        long fileBytes,
        long dividedWeights,
        Optional<String> unmodelled) {

    /** Copies the collections; refuses counts that no network has, and no mix. */
    public NetworkFacts {
        inputs = List.copyOf(inputs);
        mix = Collections.unmodifiableSet(EnumSet.copyOf(mix));
        if (batch < 1 || parameters < 0 || flops < 0 || fileBytes < 0 || dividedWeights < 0) {
            throw new IllegalArgumentException("counts of " + name + " are out of range: batch " + batch
                    + ", parameters " + parameters + ", FLOPs " + flops + ", bytes " + fileBytes + ", divided weights "
                    + dividedWeights);
        }
    }

    /**
     * The facts of a network.
     *
     * @throws Refusal where its sizes exceed what 64 bits count, or a custom operator refuses its inputs
     */
    static NetworkFacts of(Outline outline, long batch, CustomSupport custom) {
        Graph graph = outline.graph();
        try {
            List<Stored> stored = outline.stored();
            Coverage coverage = Coverage.of(graph, custom);
            return new NetworkFacts(
                    graph.name(),
                    graph.inputs().stream()
                            .map(input -> input.name() + " " + input.type())
                            .toList(),
                    batch,
                    OperatorMix.of(graph),
                    Outline.parameters(stored),
                    outline.work().flops(),
                    stored.stream().mapToLong(Stored::bytes).reduce(0, Math::addExact),
                    Pipeline.weights(graph, stored),
                    coverage.unmodelled().isEmpty() ? Optional.empty() : Optional.of(coverage.summary()));
        } catch (ArithmeticException e) {
            throw new Refusal(graph.name() + ": its sizes are beyond what 64 bits count; check the model's sizes");
        }
    }
}

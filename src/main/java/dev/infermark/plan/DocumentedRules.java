package dev.infermark.plan;

import dev.infermark.deploy.Network;
import dev.infermark.deploy.pipeline.Pipeline;
import dev.infermark.graph.TensorRole;
import dev.infermark.hardware.Chip;
import dev.infermark.numerics.DataType;

/** Rules of thumb of the Neuron documentation, to stand beside what a search finds. */
public final class DocumentedRules {
    private static final double SHARE_OF_RIDGE = 0.5;

    private DocumentedRules() {}

    /**
     * The batch of {@code neuroncore-batching.rst}: ⌈0.5 · (peak rate / memory bandwidth) / (operations / bytes of
     * weights)⌉ in BF16, with the advertised figures of the chip. Its table counts the operations with weights, and no
     * tables that are looked up.
     *
     * @param one the network of a single sequence or image
     */
    public static long batch(Network one, Chip chip) {
        double ridge = chip.advertisedOperationsPerSecond(DataType.BF16) / chip.memory().bytesPerSecond();
        double weights = (double) one.facts().dividedWeights() * DataType.BF16.bytes();
        double operations = one.graph().nodes().stream()
                .filter(node -> node.inputs().stream().anyMatch(input -> input.role() == TensorRole.PARAMETER))
                .mapToDouble(node -> node.work().flops())
                .sum();
        return Math.max(1, (long) Math.ceil(SHARE_OF_RIDGE * ridge / (operations / weights)));
    }

    /** The cores of a pipeline on Inf1: 4 · round(weights / 2·10⁷), at least 1. */
    public static int pipelineCores(Network network) {
        return Pipeline.documentedCores(network.facts().dividedWeights());
    }
}

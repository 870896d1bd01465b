package dev.infermark.validate;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Softmax;
import java.util.EnumSet;
import java.util.Set;

/** What a network consists of, as far as it decides how well it is predicted. */
public enum OperatorMix {
    /** Matrix products, and attention over at most 128 keys. */
    SHORT_ATTENTION,
    /** Attention over more than 128 keys. */
    LONG_ATTENTION,
    /** Convolutions. */
    CONVOLUTIONS,
    /** Outputs that the host receives in freshly mapped memory, above 32 MiB. */
    LARGE_OUTPUTS;

    private static final long SHORT_KEYS = 128;
    private static final long LARGE_BYTES = 32L << 20;

    /** All that a network contains. */
    public static Set<OperatorMix> of(Graph graph) {
        Set<OperatorMix> mix = EnumSet.noneOf(OperatorMix.class);
        for (Node node : graph.nodes()) {
            switch (node.operator()) {
                case Convolution _ -> mix.add(CONVOLUTIONS);
                case Softmax _ -> mix.add(keys(node) > SHORT_KEYS ? LONG_ATTENTION : SHORT_ATTENTION);
                default -> { }
            }
        }
        if (graph.outputs().stream().anyMatch(output -> output.type().bytes() > LARGE_BYTES)) {
            mix.add(LARGE_OUTPUTS);
        }
        return mix.isEmpty() ? Set.of(SHORT_ATTENTION) : mix;
    }

    private static long keys(Node softmax) {
        return softmax.output().shape().dimension(softmax.output().shape().rank() - 1);
    }
}

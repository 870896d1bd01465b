package dev.infermark.deploy.uncertainty;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a network consists of, as far as it decides how well it is predicted. */
public enum OperatorMix {
    /** Matmuls, and attention over at most 128 keys. */
    SHORT_ATTENTION,
    /** Attention over more than 128 keys. */
    LONG_ATTENTION,
    /** Attention over earlier tokens only, by a stored mask: decoders. */
    CAUSAL_ATTENTION,
    /** Convolutions whose windows overlap; patches of images are plain products. */
    CONVOLUTIONS,
    /** Outputs that the host receives in freshly mapped memory, above 32 MiB. */
    LARGE_OUTPUTS,
    /** Attention in towers that share no input, such as one over images and one over texts. */
    TOWERS;

    private static final long SHORT_KEYS = 128;
    private static final long LARGE_BYTES = 32L << 20;

    /** All that a network contains. */
    public static Set<OperatorMix> of(Graph graph) {
        Set<OperatorMix> mix = EnumSet.noneOf(OperatorMix.class);
        // Layers that are alike have scores of one shape, which is looked at once.
        Set<Shape> scores = new HashSet<>();
        for (Node node : graph.nodes()) {
            switch (node.operator()) {
                case Convolution convolution when !isPatching(convolution) -> mix.add(CONVOLUTIONS);
                case Softmax _ when scores.add(node.output().shape()) -> {
                    mix.add(keys(node) > SHORT_KEYS ? LONG_ATTENTION : SHORT_ATTENTION);
                    if (graph.stored().stream().anyMatch(stored -> isSquareOf(node, stored))) {
                        mix.add(CAUSAL_ATTENTION);
                    }
                }
                default -> { }
            }
        }
        if (hasTowers(graph)) {
            mix.add(TOWERS);
        }
        if (graph.outputs().stream().anyMatch(output -> output.type().bytes() > LARGE_BYTES)) {
            mix.add(LARGE_OUTPUTS);
        }
        return mix.isEmpty() ? Set.of(SHORT_ATTENTION) : mix;
    }

    private static boolean hasTowers(Graph graph) {
        Set<Set<String>> attended = attendedInputs(graph);
        return attended.stream().anyMatch(one -> attended.stream().anyMatch(other -> Collections.disjoint(one, other)));
    }

    /** For each attention of a graph the names of the inputs that it depends on. */
    private static Set<Set<String>> attendedInputs(Graph graph) {
        Map<String, Set<String>> reached = new HashMap<>();
        graph.inputs().forEach(input -> reached.put(input.name(), Set.of(input.name())));
        Set<Set<String>> attended = new HashSet<>();
        for (Node node : graph.nodes()) {
            Set<String> inputs = union(node, reached);
            node.outputs().forEach(output -> reached.put(output.name(), inputs));
            if (node.operator() instanceof Softmax && !inputs.isEmpty()) {
                attended.add(inputs);
            }
        }
        return attended;
    }

    /** Most nodes depend on what one of their inputs depends on, whose set they share. */
    private static Set<String> union(Node node, Map<String, Set<String>> reached) {
        Set<String> all = Set.of();
        for (Tensor read : node.inputs()) {
            Set<String> more = reached.getOrDefault(read.name(), Set.of());
            if (all.isEmpty()) {
                all = more;
            } else if (!all.containsAll(more)) {
                all = new HashSet<>(all);
                all.addAll(more);
            }
        }
        return all;
    }

    private static boolean isPatching(Convolution convolution) {
        return convolution.window().kernel().equals(convolution.window().strides());
    }

    /** Whether a stored tensor has a number for each query and key of a softmax: what masks later tokens. */
    private static boolean isSquareOf(Node softmax, Tensor stored) {
        Shape scores = softmax.output().shape();
        Shape shape = stored.shape();
        return shape.rank() > 1
                && scores.rank() > 1
                && scores.dimension(-1) > 1
                && shape.elements() == scores.dimension(-1) * scores.dimension(-2)
                && shape.dimension(-1) == scores.dimension(-1)
                && shape.dimension(-2) == scores.dimension(-2);
    }

    private static long keys(Node softmax) {
        return softmax.output().shape().dimension(softmax.output().shape().rank() - 1);
    }
}

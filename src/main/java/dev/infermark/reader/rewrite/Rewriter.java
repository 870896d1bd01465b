package dev.infermark.reader.rewrite;

import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs rules over a graph once, from its inputs to its outputs, and leaves out what nobody reads any more. */
public final class Rewriter {
    /** A node can be the last of several patterns, one inside the other. */
    private static final int MOST_MATCHES_PER_NODE = 4;

    private final List<Rule> rules;

    Rewriter(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** All rules. */
    public static Rewriter standard() {
        return new Rewriter(List.of(
                new LayerNormalizationRule(),
                new FoldedLayerNormalizationRule(),
                new RmsNormalizationRule(),
                new NormalizationScaleRule(),
                new ErrorFunctionRule(),
                new GeluRule(),
                new GeluTanhRule(),
                new SiluRule(),
                new HardSwishRule(),
                new MishRule(),
                new SoftmaxRule(),
                new TransposedOperandRule()));
    }

    /** The graph with every match replaced. */
    public Graph rewrite(Graph graph) {
        Pattern pattern = new Pattern();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            for (Node replacement : replaced(node, pattern)) {
                pattern.produced(replacement);
                nodes.add(replacement);
            }
        }
        List<Node> named = LayerNames.assign(withoutUnread(nodes, graph.outputs()));
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), named);
    }

    private List<Node> replaced(Node node, Pattern pattern) {
        List<Node> nodes = List.of(node);
        for (int i = 0; i < MOST_MATCHES_PER_NODE; i++) {
            Optional<List<Node>> match = firstMatch(nodes.getLast(), pattern);
            if (match.isEmpty()) {
                break;
            }
            List<Node> extended = new ArrayList<>(nodes.subList(0, nodes.size() - 1));
            extended.addAll(match.get());
            nodes = extended;
        }
        return nodes;
    }

    private Optional<List<Node>> firstMatch(Node node, Pattern pattern) {
        return rules.stream()
                .map(rule -> rule.apply(node, pattern))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Drops nodes whose results reach no output; an operator without known outputs stays, so that it is refused. */
    private static List<Node> withoutUnread(List<Node> nodes, List<Tensor> outputs) {
        Set<String> read = new HashSet<>();
        outputs.forEach(output -> read.add(output.name()));
        Deque<Node> kept = new ArrayDeque<>();
        for (Node node : nodes.reversed()) {
            boolean isRead = node.outputs().stream().anyMatch(output -> read.contains(output.name()));
            if (isRead || (node.operator() instanceof Custom && node.outputs().isEmpty())) {
                kept.addFirst(node);
                node.inputs().stream()
                        .filter(input -> !input.role().isStored())
                        .forEach(input -> read.add(input.name()));
            }
        }
        return List.copyOf(kept);
    }
}

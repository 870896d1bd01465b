package dev.infermark.reader.rewrite;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                new ChannelScaleRule(),
                new BiasBeforeHeadsRule(),
                new LogisticRule(),
                new ErrorFunctionRule(),
                new GeluRule(),
                new GeluTanhRule(),
                new SiluRule(),
                new HardSwishRule(),
                new MishRule(),
                new SoftmaxRule(),
                new TransposedOperandRule(),
                new ChannelsLastRule()));
    }

    /** The graph with every match replaced. */
    public Graph rewrite(Graph graph) {
        Graph rewritten = GraphRewriter.rewrite(graph, (node, rewriter) -> {
            Pattern pattern = new Pattern(rewriter);
            Optional<Tensor> same = SimplificationRule.same(node, pattern);
            same.ifPresent(tensor -> rewriter.substitute(node.output(), tensor));
            return same.isPresent() ? List.of() : replaced(SimplificationRule.merged(node, pattern), pattern);
        });
        return new Graph(
                rewritten.name(), rewritten.inputs(), rewritten.outputs(), LayerNames.assign(rewritten.nodes()));
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
}

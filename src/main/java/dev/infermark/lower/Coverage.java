package dev.infermark.lower;

import dev.infermark.base.Counted;
import dev.infermark.base.Refusal;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of a graph the project models.
 *
 * @param graph the graph
 * @param unmodelled the nodes whose operator is not modelled
 */
public record Coverage(Graph graph, List<Node> unmodelled) {
    /** How many unmodelled operators a message names. */
    private static final int NAMED = 3;

    /** Copies the list. */
    public Coverage {
        unmodelled = List.copyOf(unmodelled);
    }

    /** The coverage of a graph by the built-in operators and those that are added. */
    public static Coverage of(Graph graph, CustomSupport custom) {
        return new Coverage(
                graph,
                graph.nodes().stream().filter(node -> isUnmodelled(node, custom)).toList());
    }

    private static boolean isUnmodelled(Node node, CustomSupport custom) {
        return node.operator() instanceof Custom && custom.cost(node).isEmpty();
    }

    private static boolean isConditional(Node node) {
        return node.operator() instanceof Custom custom && custom.branches().isPresent();
    }

    /** Share of the bytes written by operators that unmodelled ones write, from 0 to 1. */
    private double unmodelledByteShare() {
        long bytes = unmodelled.stream()
                .flatMap(node -> node.outputs().stream())
                .mapToLong(tensor -> tensor.type().bytes())
                .sum();
        return bytes / (double) Math.max(1, graph.activationBytes());
    }

    /** What is not modelled, with its share of the graph; one line. */
    public String summary() {
        String names = unmodelled.stream()
                .map(node -> node.operator().mnemonic() + " (node " + node.name() + ")")
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %d of %s not modelled, with %.1f %% of the activation bytes and unknown FLOPs: %s%s",
                graph.name(),
                unmodelled.size(),
                Counted.of(graph.nodes().size(), "operator"),
                100 * unmodelledByteShare(),
                names,
                unmodelled.size() > NAMED ? ", ..." : "");
    }

    /** Refuses a graph with operators that are not modelled, except those of these names. */
    void requireComplete(Set<String> allowed) {
        if (unmodelled.stream().anyMatch(node -> !allowed.contains(node.operator().mnemonic()))) {
            throw new Refusal(summary() + "; "
                    + (unmodelled.stream().anyMatch(Coverage::isConditional)
                            ? "predict --branch-probability NAME=P weights the branches of a conditional, and "
                            : "")
                    + "--allow-unknown OPERATOR costs one as data movement only");
        }
    }
}

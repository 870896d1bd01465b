package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much of a graph the project models.
 *
 * @param graph the graph
 * @param unmodelled the nodes whose operator is not modelled
 */
public record Coverage(Graph graph, List<Node> unmodelled) {

    /** Copies the list. */
    public Coverage {
        unmodelled = List.copyOf(unmodelled);
    }

    /** The coverage of a graph. */
    public static Coverage of(Graph graph) {
        return new Coverage(
                graph,
                graph.nodes().stream().filter(node -> node.operator() instanceof Custom).toList());
    }

    /** Share of the bytes written by operators that unmodelled ones write, from 0 to 1. */
    public double unmodelledByteShare() {
        long bytes = unmodelled.stream()
                .flatMap(node -> node.outputs().stream())
                .mapToLong(tensor -> tensor.type().bytes())
                .sum();
        return bytes / (double) Math.max(1, graph.activationBytes());
    }

    /** Refuses a graph with operators that are not modelled, naming them. */
    public void requireComplete() {
        if (!unmodelled.isEmpty()) {
            String names = unmodelled.stream()
                    .map(node -> node.operator().mnemonic() + " (node " + node.name() + ")")
                    .limit(3)
                    .collect(Collectors.joining(", "));
            throw new Refusal(String.format(
                    java.util.Locale.ROOT,
                    "%s: %d of %d operators are not modelled: %s%s; they write %.1f %% of the activation bytes",
                    graph.name(),
                    unmodelled.size(),
                    graph.nodes().size(),
                    names,
                    unmodelled.size() > 3 ? ", ..." : "",
                    100 * unmodelledByteShare()));
        }
    }
}

package dev.infermark.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes another graph of one, node by node from its inputs to its outputs.
 *
 * <p>What follows a change is brought in line with it: a node whose inputs have got other types has its operator
 * resized and its outputs inferred again, and nodes whose results reach no output any more are left out. Not safe for
 * use by several threads.
 */
public final class GraphRewriter {
    /** What earlier nodes have made of a tensor, by the name that the graph has for it. */
    private final Map<String, Tensor> changed = new HashMap<>();

    private final Map<String, Node> producers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /** One change of a graph. */
    @FunctionalInterface
    public interface Rule {

        /**
         * What to put in place of a node.
         *
         * @param node the node, its inputs as they are by now
         * @param rewriter looks at what the inputs come from, and takes substitutes
         * @return nodes that together write what the given one wrote, under the same names and perhaps with other
         *     types; what they do not write has a substitute
         */
        List<Node> apply(Node node, GraphRewriter rewriter);
    }

    private final UnaryOperator<Tensor> given;

    private GraphRewriter(UnaryOperator<Tensor> given) {
        this.given = given;
    }

    /** The graph with a rule applied to each node. */
    public static Graph rewrite(Graph graph, Rule rule) {
        return rewrite(graph, UnaryOperator.identity(), rule);
    }

    /**
     * The graph with a rule applied to each node.
     *
     * @param given makes of an input of the network or a stored tensor what it is to be; its name stays
     * @throws IllegalArgumentException when an operator cannot follow the change of its inputs, naming the node
     */
    public static Graph rewrite(Graph graph, UnaryOperator<Tensor> given, Rule rule) {
        GraphRewriter rewriter = new GraphRewriter(given);
        List<Tensor> inputs = graph.inputs().stream().map(given).toList();
        inputs.forEach(tensor -> rewriter.changed.put(tensor.name(), tensor));
        for (Node node : graph.nodes()) {
            rule.apply(rewriter.current(node), rewriter).forEach(rewriter::add);
        }
        List<Tensor> outputs = graph.outputs().stream().map(rewriter::current).toList();
        return new Graph(graph.name(), inputs, outputs, withoutUnread(rewriter.nodes, outputs));
    }

    /** The node that computes a tensor by now; none for inputs of the network and stored tensors. */
    public Optional<Node> producer(Tensor tensor) {
        return tensor.role() == TensorRole.ACTIVATION
                ? Optional.ofNullable(producers.get(tensor.name()))
                : Optional.empty();
    }

    /** Makes the nodes that follow read one tensor in place of another. */
    public void substitute(Tensor tensor, Tensor by) {
        changed.put(tensor.name(), by);
    }

    private void add(Node node) {
        for (Tensor output : node.outputs()) {
            producers.put(output.name(), node);
            changed.put(output.name(), output);
        }
        nodes.add(node);
    }

    private Tensor current(Tensor tensor) {
        return tensor.role().isStored() ? given.apply(tensor) : changed.getOrDefault(tensor.name(), tensor);
    }

    private Node current(Node node) {
        List<Tensor> inputs = node.inputs().stream().map(this::current).toList();
        if (inputs.equals(node.inputs())) {
            return node;
        }
        List<TensorType> types = inputs.stream().map(Tensor::type).toList();
        if (types.equals(node.inputTypes())) {
            return new Node(
                    node.name(), node.layer(), node.operator(), inputs, node.outputs(), node.repetitions());
        }
        try {
            return node.with(node.operator().resized(node.inputTypes(), types), inputs);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("node ")
                    ? e
                    : new IllegalArgumentException("node " + node.name() + ": " + message, e);
        }
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

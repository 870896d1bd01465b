package dev.infermark.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who writes and who reads each tensor of a graph. */
public final class Uses {
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, List<Node>> consumers = new HashMap<>();

    /** Indexes a graph. */
    public Uses(Graph graph) {
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output.name(), node));
            node.inputs().stream()
                    .distinct()
                    .forEach(input ->
                            consumers.computeIfAbsent(input.name(), _ -> new ArrayList<>()).add(node));
        }
    }

    /** The node that writes a tensor; none for inputs of the network and stored tensors. */
    public Optional<Node> producer(Tensor tensor) {
        return Optional.ofNullable(producers.get(tensor.name()));
    }

    /** The nodes that read a tensor, in the order of the graph. */
    public List<Node> consumers(Tensor tensor) {
        return List.copyOf(consumers.getOrDefault(tensor.name(), List.of()));
    }
}

package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.numerics.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data that is alive between two nodes of a graph: activations, inputs, and the state kept all the time.
 *
 * @param byNode bytes when each node has written its outputs and still holds its inputs
 * @param peak the most bytes alive at any time
 */
public record LiveActivations(Map<String, Long> byNode, long peak) {

    /** Copies the map. */
    public LiveActivations {
        byNode = Map.copyOf(byNode);
    }

    /** Of a graph whose tensors are kept in one type. */
    public static LiveActivations of(Graph graph, DataType type) {
        Map<String, Integer> lastReadAt = new HashMap<>();
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (Tensor input : nodes.get(i).inputs()) {
                lastReadAt.put(input.name(), i);
            }
        }
        long alive = bytes(Stream.concat(graph.inputs().stream(), graph.state().stream()), type);
        long peak = alive;
        Map<String, Long> byNode = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            int now = i;
            Node node = nodes.get(i);
            alive += bytes(node.outputs().stream(), type);
            peak = Math.max(peak, alive);
            byNode.put(node.name(), alive);
            Stream<Tensor> readForTheLastTime = node.inputs().stream()
                    .distinct()
                    .filter(tensor -> tensor.role() == TensorRole.INPUT || tensor.role() == TensorRole.ACTIVATION)
                    .filter(tensor -> lastReadAt.getOrDefault(tensor.name(), -1) == now);
            alive -= bytes(readForTheLastTime, type);
        }
        return new LiveActivations(byNode, peak);
    }

    private static long bytes(Stream<Tensor> tensors, DataType type) {
        return tensors.mapToLong(tensor -> Math.multiplyExact(tensor.shape().elements(), type.bytes()))
                .reduce(0, Math::addExact);
    }
}

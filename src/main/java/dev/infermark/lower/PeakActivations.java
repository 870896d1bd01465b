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

/** The most data that is alive between two nodes of a graph: activations, inputs, and the state kept all the time. */
final class PeakActivations {
    private PeakActivations() {}

    static long of(Graph graph, DataType type) {
        Map<String, Integer> lastReadAt = new HashMap<>();
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (Tensor input : nodes.get(i).inputs()) {
                lastReadAt.put(input.name(), i);
            }
        }
        long alive = bytes(Stream.concat(graph.inputs().stream(), graph.state().stream()), type);
        long peak = alive;
        for (int i = 0; i < nodes.size(); i++) {
            int now = i;
            Node node = nodes.get(i);
            alive += bytes(node.outputs().stream(), type);
            peak = Math.max(peak, alive);
            Stream<Tensor> readForTheLastTime = node.inputs().stream()
                    .distinct()
                    .filter(tensor -> tensor.role() == TensorRole.INPUT || tensor.role() == TensorRole.ACTIVATION)
                    .filter(tensor -> lastReadAt.getOrDefault(tensor.name(), -1) == now);
            alive -= bytes(readForTheLastTime, type);
        }
        return peak;
    }

    private static long bytes(Stream<Tensor> tensors, DataType type) {
        return tensors.mapToLong(tensor -> Math.multiplyExact(tensor.shape().elements(), type.bytes()))
                .reduce(0, Math::addExact);
    }
}

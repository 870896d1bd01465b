package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.numerics.DataType;
import java.util.HashMap;
import java.util.Map;

/** The most activation data that is alive between two nodes of a graph. */
final class PeakActivations {
    private PeakActivations() {}

    static long of(Graph graph, DataType type) {
        Map<String, Integer> lastReadAt = new HashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (Tensor input : graph.nodes().get(i).inputs()) {
                lastReadAt.put(input.name(), i);
            }
        }
        long alive = 0;
        long peak = 0;
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            alive += bytes(node.outputs().stream().filter(t -> lastReadAt.containsKey(t.name())).toList(), type);
            peak = Math.max(peak, alive);
            int now = i;
            alive -= bytes(
                    node.inputs().stream()
                            .distinct()
                            .filter(t -> !t.role().isStored() && lastReadAt.get(t.name()) == now)
                            .toList(),
                    type);
        }
        return peak;
    }

    private static long bytes(java.util.List<Tensor> tensors, DataType type) {
        return tensors.stream().mapToLong(t -> t.shape().elements() * type.bytes()).sum();
    }
}

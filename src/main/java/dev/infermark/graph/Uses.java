package dev.infermark.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Who writes and who reads each tensor of a graph, and when: nodes are counted in the order of the graph. */
public final class Uses {
    private static final Use NONE = new Use();

    private final Map<String, Use> byTensor;

    private static final class Use {
        private @Nullable Node producer;
        private final List<Node> consumers = new ArrayList<>(2);
        private int lastReadAt = -1;
    }

    /** Indexes a graph. */
    public Uses(Graph graph) {
        byTensor = HashMap.newHashMap(4 * graph.nodes().size());
        int at = 0;
        for (Node node : graph.nodes()) {
            for (Tensor input : node.inputs()) {
                Use use = byTensor.computeIfAbsent(input.name(), _ -> new Use());
                if (use.lastReadAt != at) {
                    use.consumers.add(node);
                    use.lastReadAt = at;
                }
            }
            for (Tensor output : node.outputs()) {
                byTensor.computeIfAbsent(output.name(), _ -> new Use()).producer = node;
            }
            at++;
        }
    }

    private Use of(Tensor tensor) {
        return byTensor.getOrDefault(tensor.name(), NONE);
    }

    /** The node that writes a tensor; none for inputs of the network and stored tensors. */
    public Optional<Node> producer(Tensor tensor) {
        return Optional.ofNullable(of(tensor).producer);
    }

    /** The nodes that read a tensor, in the order of the graph. */
    public List<Node> consumers(Tensor tensor) {
        return Collections.unmodifiableList(of(tensor).consumers);
    }

    /** The place of the last node that reads a tensor; none where no node does. */
    public OptionalInt lastReadAt(Tensor tensor) {
        int at = of(tensor).lastReadAt;
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }
}

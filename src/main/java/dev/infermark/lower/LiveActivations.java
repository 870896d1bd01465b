package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.Uses;
import dev.infermark.numerics.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** The data that is alive between two nodes of a graph: activations, inputs, and the state kept all the time. */
public final class LiveActivations {
    private final Graph graph;
    private final Uses uses;
    private final DataType type;

    private LiveActivations(Graph graph, Uses uses, DataType type) {
        this.graph = graph;
        this.uses = uses;
        this.type = type;
    }

    /** The most bytes alive at any time, with all tensors in one type. */
    static long peak(Graph graph, Uses uses, DataType type) {
        return new LiveActivations(graph, uses, type).walk((_, _) -> { });
    }

    /** Bytes alive when each node has written its outputs and still holds its inputs, with all tensors in one type. */
    public static Map<String, Long> byNode(Graph graph, DataType type) {
        Map<String, Long> byNode = new HashMap<>();
        new LiveActivations(graph, new Uses(graph), type).walk((node, alive) -> byNode.put(node.name(), alive));
        return byNode;
    }

    /** Tells the bytes alive at each node; returns the most. */
    private long walk(ObjLongConsumer<Node> sink) {
        long alive = bytes(graph.inputs()) + bytes(graph.state());
        long peak = alive;
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            alive = Math.addExact(alive, bytes(node.outputs()));
            peak = Math.max(peak, alive);
            sink.accept(node, alive);
            alive -= bytesReadForTheLastTime(node, i);
        }
        return peak;
    }

    private long bytesReadForTheLastTime(Node node, int now) {
        long bytes = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            Tensor tensor = node.inputs().get(i);
            boolean isFreed = tensor.role() == TensorRole.INPUT || tensor.role() == TensorRole.ACTIVATION;
            if (isFreed
                    && uses.lastReadAt(tensor).orElse(-1) == now
                    && node.inputs().indexOf(tensor) == i) {
                bytes += bytes(tensor);
            }
        }
        return bytes;
    }

    private long bytes(List<Tensor> tensors) {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            bytes = Math.addExact(bytes, bytes(tensor));
        }
        return bytes;
    }

    private long bytes(Tensor tensor) {
        return Math.multiplyExact(tensor.shape().elements(), type.bytes());
    }
}

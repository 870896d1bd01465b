package dev.infermark.reader;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes nodes in place of one. */
final class NodeWriter {
    private final Node node;
    private final GraphRewriter graph;
    private final Map<String, List<Node>> readers;
    private final List<Node> nodes = new ArrayList<>();
    private boolean isUsed;

    NodeWriter(Node node, GraphRewriter graph, Map<String, List<Node>> readers) {
        this.node = node;
        this.graph = graph;
        this.readers = readers;
    }

    /** What was written; the node itself where that is nothing. */
    List<Node> result() {
        return isUsed ? List.copyOf(nodes) : List.of(node);
    }

    Object producer(Tensor tensor) {
        return graph.producer(tensor).map(Object.class::cast).orElse("nothing");
    }

    List<Node> readers(Tensor tensor) {
        return readers.getOrDefault(tensor.name(), List.of());
    }

    void leaveOut() {
        isUsed = true;
    }

    void write(Node other) {
        isUsed = true;
        nodes.add(other);
    }

    Tensor add(Operator operator, Tensor... inputs) {
        String name = node.name() + "." + nodes.size();
        TensorType type = operator.infer(List.of(inputs).stream().map(Tensor::type).toList()).getFirst();
        Tensor output = new Tensor(name, type, TensorRole.ACTIVATION);
        write(new Node(name, node.layer(), operator, List.of(inputs), List.of(output)));
        return output;
    }

    void last(Node replaced, Operator operator, Tensor... inputs) {
        write(replaced.with(operator, List.of(inputs)));
    }

    Tensor pair(Kind kind, Tensor a, Tensor b) {
        return add(new Elementwise(kind), a, b);
    }

    Tensor function(Function function, Tensor x) {
        return add(new Activation(function, x.type().type()), x);
    }

    Tensor mean(Tensor x) {
        return add(new Reduce(Reduce.Kind.MEAN, List.of(-1), Reduce.Axes.KEPT), x);
    }

    Tensor number() {
        return new Tensor("number", new TensorType(DataType.FP32, Shape.of()), TensorRole.CONSTANT);
    }

    /** The learned scale and shift of a normalisation. */
    void scaled(Node replaced, Tensor normal) {
        Tensor scaled = pair(Kind.MULTIPLY, normal, replaced.inputs().get(1));
        last(replaced, new Elementwise(Kind.ADD), scaled, replaced.inputs().get(2));
    }
}

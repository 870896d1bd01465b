package dev.infermark.lower.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceParallelTest {
    private static final Collective SUM = new Collective(Collective.Kind.ALL_REDUCE, 4, 0);

    @Test
    void leavesTheSumsOfPooledHeadsWhole() {
        GraphBuilder builder = new GraphBuilder("pooled");
        // As many sequences as cores could share, which are no tokens.
        Tensor hidden = builder.add("attention.sum", SUM, builder.input("attention", type(8, 128, 64)));
        Tensor head = builder.add("head.sum", SUM, builder.input("head", type(8, 64)));
        Tensor active = builder.add("head.relu", new Activation(Activation.Function.RELU, DataType.FP32), head);
        Graph divided = SequenceParallel.of(builder.build(hidden, active), 4);
        List<Node> sums = divided.nodes().stream()
                .filter(node -> node.operator().equals(SUM))
                .toList();
        assertEquals(List.of("head.sum"), sums.stream().map(Node::name).toList());
        assertEquals(
                Shape.of(8, 64), divided.nodes().getLast().inputs().getFirst().shape());
        assertEquals(
                Shape.of(8, 32, 64),
                divided.nodes().stream()
                        .filter(node -> node.name().equals("attention.sum.reduce_scatter"))
                        .findFirst()
                        .orElseThrow()
                        .output()
                        .shape());
    }

    private static TensorType type(long... dimensions) {
        return new TensorType(DataType.FP32, Shape.of(dimensions));
    }
}

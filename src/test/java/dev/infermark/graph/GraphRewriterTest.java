package dev.infermark.graph;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphRewriterTest {

    @Test
    void halfOfTheRowsOfAFusedProjectionAreHalfOfTheHeads() {
        GraphBuilder builder = new GraphBuilder("heads");
        Tensor x = builder.input("x", type(2, 8, 64));
        Tensor q = builder.add("q", new MatMul(), x, builder.parameter("w", type(64, 64)));
        Tensor heads = builder.add("heads", new Reshape(Shape.of(2, 8, 4, 16)), q);
        Tensor joined = builder.add("joined", new Reshape(Shape.of(2, 8, 64)), heads);
        Graph half = GraphRewriter.rewrite(builder.build(joined), (node, _) -> node.name().equals("q")
                ? List.of(node.with(node.operator(), List.of(x, new Tensor("w", type(64, 32), TensorRole.PARAMETER))))
                : List.of(node));
        assertEquals(Shape.of(2, 8, 2, 16), half.nodes().get(1).output().shape());
        assertEquals(Shape.of(2, 8, 32), half.outputs().getFirst().shape());
    }

    @Test
    void aChangeThatAnOperatorCannotFollowNamesTheNode() {
        GraphBuilder builder = new GraphBuilder("odd");
        Tensor x = builder.input("x", type(8, 64));
        Tensor y = builder.add("split", new Reshape(Shape.of(8, 4, 16)), x);
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> GraphRewriter.rewrite(
                        builder.build(y),
                        input -> new Tensor("x", type(8, 63), input.role()),
                        (node, _) -> List.of(node)));
        assertMentions(e, "node split");
    }

    @Test
    void whatReadsASubstituteNoLongerNeedsTheNode() {
        GraphBuilder builder = new GraphBuilder("substitute");
        Tensor x = builder.input("x", type(8, 8));
        Tensor w = builder.parameter("w", type(8, 8));
        Tensor moved = builder.add("moved", Transpose.of(1, 0), w);
        Tensor y = builder.add("y", new MatMul(), x, moved);
        Graph rewritten = GraphRewriter.rewrite(builder.build(y), (node, rewriter) -> {
            if (node.name().equals("moved")) {
                rewriter.substitute(node.output(), w);
                return List.of();
            }
            return List.of(node);
        });
        assertEquals(List.of("y"), rewritten.nodes().stream().map(Node::name).toList());
        assertEquals(List.of(x, w), rewritten.nodes().getFirst().inputs());
    }

    private static TensorType type(long... dimensions) {
        return new TensorType(DataType.FP32, Shape.of(dimensions));
    }
}

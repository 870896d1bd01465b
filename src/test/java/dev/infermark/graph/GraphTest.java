package dev.infermark.graph;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final TensorType MATRIX = new TensorType(DataType.FP32, Shape.of(4, 4));

    @Test
    void countsAParameterThatTwoNodesShareOnce() {
        GraphBuilder builder = new GraphBuilder("shared");
        Tensor x = builder.input("x", MATRIX);
        Tensor weights = builder.parameter("w", MATRIX);
        Tensor once = builder.add("first", new MatMul(), x, weights);
        Tensor twice = builder.add("second", new MatMul(), once, weights);
        Graph graph = builder.build(twice);
        assertEquals(16, graph.parameters());
        assertEquals(2 * 2 * 64, graph.work().flops());
    }

    @Test
    void doesNotCountConstantsAsParameters() {
        GraphBuilder builder = new GraphBuilder("constant");
        Tensor x = builder.input("x", MATRIX);
        Tensor y = builder.add("product", new MatMul(), x, builder.constant("c", MATRIX));
        Graph graph = builder.build(y);
        assertEquals(0, graph.parameters());
        assertEquals(1, graph.stored().size());
    }

    @Test
    void refusesANodeThatReadsWhatIsWrittenLater() {
        Tensor x = new Tensor("x", MATRIX, TensorRole.INPUT);
        Tensor y = new Tensor("y", MATRIX, TensorRole.ACTIVATION);
        Tensor z = new Tensor("z", MATRIX, TensorRole.ACTIVATION);
        Node first = new Node("first", "", new MatMul(), List.of(x, y), List.of(z));
        Node second = new Node("second", "", new MatMul(), List.of(x, x), List.of(y));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new Graph("cycle", List.of(x), List.of(z), List.of(first, second)));
        assertMentions(e, "first", "y");
    }

    @Test
    void namesTheNodeWhoseInputsDoNotFit() {
        GraphBuilder builder = new GraphBuilder("broken").layer("encoder");
        Tensor x = builder.input("x", MATRIX);
        Tensor weights = builder.parameter("w", new TensorType(DataType.FP32, Shape.of(5, 4)));
        var e = assertThrows(
                IllegalArgumentException.class, () -> builder.add("dense", new MatMul(), x, weights));
        assertMentions(e, "encoder/dense");
    }

    @Test
    void givesNodesOfTheSameNameDifferentNames() {
        GraphBuilder builder = new GraphBuilder("names");
        Tensor x = builder.input("x", MATRIX);
        Tensor a = builder.add("product", new MatMul(), x, x);
        Tensor b = builder.add("product", new MatMul(), a, x);
        assertEquals(2, builder.build(b).nodes().stream().map(Node::name).distinct().count());
    }
}

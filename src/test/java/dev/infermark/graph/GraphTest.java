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
    void refusesAnInputThatIsGivenTwice() {
        GraphBuilder builder = new GraphBuilder("twice");
        builder.input("x", MATRIX);
        assertMentions(assertThrows(IllegalArgumentException.class, () -> builder.input("x", MATRIX)), "x");
    }

    @Test
    void refusesWeightsOfOneNameAndTwoSizesButTakesThemTransposed() {
        GraphBuilder builder = new GraphBuilder("conflict");
        Tensor x = builder.input("x", MATRIX);
        Tensor once = builder.add("a", new MatMul(), x, builder.parameter("w", MATRIX));
        TensorType wide = new TensorType(DataType.FP32, Shape.of(4, 8));
        Tensor twice = builder.add("b", new MatMul(), once, builder.parameter("w", wide));
        assertMentions(assertThrows(IllegalArgumentException.class, () -> builder.build(twice)), "w");

        GraphBuilder tied = new GraphBuilder("tied");
        Tensor hidden = tied.input("x", new TensorType(DataType.FP32, Shape.of(4, 8)));
        TensorType tall = new TensorType(DataType.FP32, Shape.of(8, 4));
        Tensor down = tied.add("a", new MatMul(), hidden, tied.parameter("w", tall));
        Tensor up = tied.add("b", new MatMul(), down, tied.parameter("w", wide));
        assertEquals(32, tied.build(up).parameters());
    }

    @Test
    void aNodeThatRunsSeveralTimesWorksSeveralTimes() {
        GraphBuilder builder = new GraphBuilder("loop").repetitions(5);
        Tensor x = builder.input("x", MATRIX);
        Graph graph = builder.build(builder.add("first", new MatMul(), x, builder.parameter("w", MATRIX)));
        assertEquals(5 * 2 * 64, graph.work().flops());
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

package dev.infermark.lower.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.lower.shard.Projection.Side;
import dev.infermark.lower.shard.WeightShape.Split;
import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
    private static final long INNER = 6;
    private static final long OUTER = 10;
    private static final long TOKENS = 7;

    @ParameterizedTest
    @CsvSource({
        "LEFT, PLAIN, PLAIN", "LEFT, PLAIN, TRANSPOSED", "LEFT, TRANSPOSED, PLAIN", "LEFT, TRANSPOSED, TRANSPOSED",
        "RIGHT, PLAIN, PLAIN", "RIGHT, PLAIN, TRANSPOSED", "RIGHT, TRANSPOSED, PLAIN", "RIGHT, TRANSPOSED, TRANSPOSED"
    })
    void findsBothAxesOfTheWeightsHoweverTheyLie(Side side, Operand left, Operand right) {
        boolean isLeft = side == Side.LEFT;
        Shape a = lying(left, isLeft ? OUTER : TOKENS, INNER);
        Shape b = lying(right, INNER, isLeft ? TOKENS : OUTER);
        Projection projection =
                Projection.of(node(new MatMul(left, right), side, a, b)).orElseThrow();
        assertEquals(side, projection.side());
        assertEquals(OUTER, projection.outer());
        assertEquals(INNER, projection.inner());
        Shape weights = projection.weights().shape();
        assertEquals(OUTER, weights.dimension(projection.axis(Split.COLUMNS)));
        assertEquals(INNER, weights.dimension(projection.axis(Split.ROWS)));
    }

    @Test
    void takesAnOuterProductForNoProjection() {
        Node frequencies = node(new MatMul(), Side.LEFT, Shape.of(32, 1), Shape.of(1, TOKENS));
        assertTrue(Projection.of(frequencies).isEmpty());
    }

    private static Shape lying(Operand operand, long rows, long columns) {
        return operand == Operand.PLAIN ? Shape.of(rows, columns) : Shape.of(columns, rows);
    }

    private static Node node(MatMul matMul, Side side, Shape a, Shape b) {
        Tensor left = tensor("a", a, side == Side.LEFT);
        Tensor right = tensor("b", b, side == Side.RIGHT);
        TensorType result = matMul.infer(List.of(left.type(), right.type())).getFirst();
        return new Node(
                "y", "y", matMul, List.of(left, right), List.of(new Tensor("y", result, TensorRole.ACTIVATION)), 1);
    }

    private static Tensor tensor(String name, Shape shape, boolean isWeight) {
        return new Tensor(
                name, new TensorType(DataType.FP32, shape), isWeight ? TensorRole.PARAMETER : TensorRole.ACTIVATION);
    }
}

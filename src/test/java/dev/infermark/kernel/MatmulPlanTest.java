package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatmulPlanTest {
    private final RandomMatrices random = new RandomMatrices(6);

    /** Orders, rows of A and columns of B: products of a vector that threads can share, and one of matrices. */
    static Stream<Arguments> implementationsOrdersAndSizes() {
        return Arrays.stream(Implementation.values())
                .flatMap(implementation -> Arrays.stream(Accumulation.values())
                        .flatMap(order -> Stream.of(
                                Arguments.of(implementation, order, 1, 1),
                                Arguments.of(implementation, order, 1, 1000),
                                Arguments.of(implementation, order, 1000, 1),
                                Arguments.of(implementation, order, 67, 130))));
    }

    @ParameterizedTest
    @MethodSource("implementationsOrdersAndSizes")
    void eachRunIsTheProductOfWhatTheArraysThenHold(
            Implementation implementation, Accumulation order, int rows, int columns) {
        int depth = 129;
        MatmulOptions options = new MatmulOptions(order, 1, Batch.SINGLE);
        TensorEngine tensor = Engines.of(implementation).tensor();
        float[] left = new float[rows * depth];
        float[] right = new float[depth * columns];
        Operand<?, float[]> a = Operand.of(Element.FP32, Matrix.of(left, rows, depth));
        Operand<?, float[]> b = Operand.of(Element.FP32, Matrix.of(right, depth, columns));
        float[] results = new float[rows * columns];
        float[] expected = new float[rows * columns];
        for (int threads : new int[] {1, 2, 3}) {
            MatmulPlan plan = tensor.plan(a, b, Matrix.of(results, rows, columns), options.withThreads(threads));
            for (int run = 0; run < 3; run++) {
                System.arraycopy(random.floats(left.length), 0, left, 0, left.length);
                System.arraycopy(random.floats(right.length), 0, right, 0, right.length);
                tensor.matmul(a, b, Matrix.of(expected, rows, columns), options);
                plan.run();
                assertArrayEquals(expected, results);
            }
        }
    }

    @Test
    void refusesWhatAProductRefusesBeforeItRuns() {
        TensorEngine tensor = Engines.best().tensor();
        Operand<?, float[]> square = Operand.of(Element.FP32, Matrix.of(new float[4], 2, 2));
        Matrix<float[]> wide = Matrix.of(new float[6], 2, 3);

        assertThrows(IllegalArgumentException.class, () -> tensor.plan(square, square, wide, MatmulOptions.FAST));
    }
}

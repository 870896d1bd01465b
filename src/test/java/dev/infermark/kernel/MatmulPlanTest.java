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

    /** Rows of A and columns of B, among them products of a vector, and threads. */
    static Stream<Arguments> implementationsSizesAndThreads() {
        return Arrays.stream(Implementation.values())
                .flatMap(implementation -> Stream.of(1, 67)
                        .flatMap(rows -> Stream.of(1, 130)
                                .flatMap(columns -> Stream.of(1, 2, 3)
                                        .map(threads -> Arguments.of(implementation, rows, columns, threads)))));
    }

    @ParameterizedTest
    @MethodSource("implementationsSizesAndThreads")
    void eachRunIsTheProductOfWhatTheArraysThenHold(
            Implementation implementation, int rows, int columns, int threads) {
        int depth = 129;
        TensorEngine tensor = Engines.of(implementation).tensor();
        float[] left = new float[rows * depth];
        float[] right = new float[depth * columns];
        Operand<?, float[]> a = Operand.of(Element.FP32, Matrix.of(left, rows, depth));
        Operand<?, float[]> b = Operand.of(Element.FP32, Matrix.of(right, depth, columns));
        float[] results = new float[rows * columns];
        float[] expected = new float[rows * columns];
        MatmulPlan plan = tensor.plan(a, b, Matrix.of(results, rows, columns), MatmulOptions.PSUM.withThreads(threads));

        for (int run = 0; run < 3; run++) {
            System.arraycopy(random.floats(left.length), 0, left, 0, left.length);
            System.arraycopy(random.floats(right.length), 0, right, 0, right.length);
            tensor.matmul(a, b, Matrix.of(expected, rows, columns), MatmulOptions.PSUM);
            plan.run();
            assertArrayEquals(expected, results);
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

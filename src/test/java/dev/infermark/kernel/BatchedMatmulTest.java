package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchedMatmulTest {
    private static final int PRODUCTS = 5;
    private static final int M = 6;
    private static final int K = 11;
    private static final int N = 130;
    private static final int A_STRIDE = 90;
    private static final int C_OFFSET = 3;
    private static final int C_ROW = N + 1;
    private static final int C_STRIDE = 850;
    private static final float UNTOUCHED = -3;

    private final RandomMatrices random = new RandomMatrices(5);

    static Stream<Arguments> implementationsAndTranspositions() {
        return Arrays.stream(Implementation.values())
                .flatMap(implementation -> Arrays.stream(Transposition.values())
                        .map(transposition -> Arguments.of(implementation, transposition)));
    }

    /** All share one B. */
    @ParameterizedTest
    @MethodSource("implementationsAndTranspositions")
    void productsOfABatchAreThoseOfSingleCalls(Implementation implementation, Transposition transposition) {
        TensorEngine tensor = Engines.of(implementation).tensor();
        float[] left = random.floats(PRODUCTS * A_STRIDE);
        Operand<?, float[]> b = Operand.of(Element.FP32, Matrix.of(random.floats(K * N), K, N));
        float[] expected = untouched();
        for (int product = 0; product < PRODUCTS; product++) {
            tensor.matmul(a(left, product, transposition), b, c(expected, product), MatmulOptions.PSUM);
        }
        for (int threads : new int[] {1, 2, 7}) {
            float[] results = untouched();
            MatmulOptions options = MatmulOptions.PSUM
                    .withThreads(threads)
                    .withBatch(new Batch(PRODUCTS, A_STRIDE, 0, C_STRIDE));
            tensor.matmul(a(left, 0, transposition), b, c(results, 0), options);
            assertArrayEquals(expected, results);
        }
    }

    private static float[] untouched() {
        float[] results = new float[PRODUCTS * C_STRIDE];
        Arrays.fill(results, UNTOUCHED);
        return results;
    }

    private static Operand<?, float[]> a(float[] data, int product, Transposition transposition) {
        int offset = product * A_STRIDE;
        return switch (transposition) {
            case NONE -> Operand.of(Element.FP32, new Matrix<>(data, offset, M, K, K));
            case TRANSPOSED -> Operand.of(Element.FP32, new Matrix<>(data, offset, K, M, M)).transposed();
        };
    }

    private static Matrix<float[]> c(float[] data, int product) {
        return new Matrix<>(data, C_OFFSET + product * C_STRIDE, M, N, C_ROW);
    }
}

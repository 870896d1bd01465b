package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TensorEngineTest {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final float UNTOUCHED = 77;

    private final SplittableRandom random = new SplittableRandom(3);

    /** Each awkward size takes the place of each dimension in turn; 1023 and 513 need several K blocks. */
    static Stream<Arguments> implementationsAndShapes() {
        int[] sizes = {1, 7, 13, 63, 64, 65, 127, 128, 207, 768, 1023};
        Stream<int[]> shapes = Stream.concat(
                Arrays.stream(sizes)
                        .boxed()
                        .flatMap(size -> Stream.of(
                                new int[] {size, 13, 9}, new int[] {5, size, 66}, new int[] {8, 15, size})),
                Stream.of(new int[] {1, 1, 1}, new int[] {67, 513, 131}, new int[] {769, 3, 2}));
        return shapes.flatMap(shape -> Arrays.stream(Implementation.values())
                .map(implementation -> Arguments.of(implementation, shape[0], shape[1], shape[2])));
    }

    /**
     * |c - exact| ≤ γ(k)·Σ|a||b| for any order of summation (Higham, section 3.1), since no product underflows; the
     * double sum adds as much with u = 2^-53, for which one more in k is plenty.
     */
    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void fp32StaysWithinTheBoundOfItsRoundings(Implementation implementation, int m, int k, int n) {
        Matrix<float[]> a = new Matrix<>(floats(m * (k + 3) + 5), 5, m, k, k + 3);
        Matrix<float[]> b = new Matrix<>(floats(k * (n + 1) + 2), 2, k, n, n + 1);
        Matrix<float[]> c = untouched(m, n);
        Engines.of(implementation).tensor().matmulFp32(a, b, c);
        assertWithinBound(a, b, c);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void bf16AccumulatesInFp32(Implementation implementation, int m, int k, int n) {
        float[] left = floats(m * (k + 3) + 5);
        float[] right = floats(k * (n + 1) + 2);
        Encoder encoder = Encoder.of(FloatFormat.BF16);
        Matrix<short[]> a = new Matrix<>(encoder.toShorts(left), 5, m, k, k + 3);
        Matrix<short[]> b = new Matrix<>(encoder.toShorts(right), 2, k, n, n + 1);
        Matrix<float[]> c = untouched(m, n);
        Engines.of(implementation).tensor().matmulBf16(a, b, c);
        encoder.round(left, 0, left, 0, left.length);
        encoder.round(right, 0, right, 0, right.length);
        assertWithinBound(new Matrix<>(left, 5, m, k, k + 3), new Matrix<>(right, 2, k, n, n + 1), c);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void int8IsExact(Implementation implementation, int m, int k, int n) {
        Matrix<byte[]> a = new Matrix<>(bytes(m * (k + 3) + 5), 5, m, k, k + 3);
        Matrix<byte[]> b = new Matrix<>(bytes(k * (n + 1) + 2), 2, k, n, n + 1);
        Matrix<int[]> c = Matrix.of(new int[m * n], m, n);
        Engines.of(implementation).tensor().matmulInt8(a, b, c);
        int[] expected = new int[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                long sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (long) a.data()[a.row(i) + p] * b.data()[b.row(p) + j];
                }
                expected[i * n + j] = Math.toIntExact(sum);
            }
        }
        assertArrayEquals(expected, c.data());
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void int8IsExactWhereEverySumIsTheLargest(Implementation implementation) {
        int k = 131_071;
        byte[] lowest = new byte[k];
        Arrays.fill(lowest, Byte.MIN_VALUE);
        Matrix<int[]> c = Matrix.of(new int[1], 1, 1);
        Engines.of(implementation).tensor().matmulInt8(Matrix.of(lowest, 1, k), Matrix.of(lowest, k, 1), c);
        assertEquals(k * (1 << 14), c.data()[0]);
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void infinityAndNanReachTheirRowsAndColumnsAlone(Implementation implementation) {
        int size = 67;
        Matrix<float[]> a = Matrix.of(filled(size * size, 1), size, size);
        Matrix<float[]> b = Matrix.of(filled(size * size, 1), size, size);
        a.data()[a.row(66) + 3] = Float.NEGATIVE_INFINITY;
        b.data()[b.row(5) + 66] = Float.NaN;
        Matrix<float[]> c = Matrix.of(new float[size * size], size, size);
        Engines.of(implementation).tensor().matmulFp32(a, b, c);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                float expected = j == 66 ? Float.NaN : i == 66 ? Float.NEGATIVE_INFINITY : size;
                assertEquals(expected, c.data()[c.row(i) + j]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void leavesWhatLiesBetweenRowsAlone(Implementation implementation) {
        float[] data = filled(3 + 7 * 70, UNTOUCHED);
        Matrix<float[]> c = new Matrix<>(data, 3, 7, 65, 70);
        Engines.of(implementation)
                .tensor()
                .matmulFp32(Matrix.of(new float[7], 7, 1), Matrix.of(new float[65], 1, 65), c);
        for (int position = 0; position < data.length; position++) {
            boolean inside = position >= 3 && (position - 3) % 70 < 65;
            assertEquals(inside ? 0 : UNTOUCHED, data[position]);
        }
    }

    @Test
    void refusesShapesThatDoNotFitAndNamesThem() {
        TensorEngine tensor = Engines.of(Implementation.REFERENCE).tensor();
        Matrix<float[]> a = Matrix.of(new float[12], 3, 4);
        Matrix<float[]> b = Matrix.of(new float[30], 5, 6);
        Matrix<float[]> c = Matrix.of(new float[18], 3, 6);
        assertMessage(
                "b must have as many rows as a has columns: a is 3x4, b is 5x6",
                () -> tensor.matmulFp32(a, b, c));
        assertMessage(
                "c must be 3x6 for a of 3x4 and b of 4x6, but is 3x4",
                () -> tensor.matmulFp32(a, Matrix.of(new float[24], 4, 6), Matrix.of(new float[12], 3, 4)));
    }

    @Test
    void refusesOutputThatOverlapsAnInput() {
        TensorEngine tensor = Engines.of(Implementation.REFERENCE).tensor();
        float[] shared = new float[20];
        Matrix<float[]> b = Matrix.of(new float[4], 2, 2);
        Matrix<float[]> a = Matrix.of(shared, 2, 2);
        Matrix<float[]> c = new Matrix<>(shared, 3, 2, 2, 2);
        assertMessage("c (2x2) must not overlap a (2x2)", () -> tensor.matmulFp32(a, b, c));
        tensor.matmulFp32(a, b, new Matrix<>(shared, 4, 2, 2, 2));
    }

    @Test
    void refusesMatricesThatTheirArrayDoesNotHold() {
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 0, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], 0, 2, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], -1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], 0, 65536, 65536, 65536));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertWithinBound(Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> c) {
        double k = a.columns() + 1;
        double gamma = k * UNIT_ROUNDOFF / (1 - k * UNIT_ROUNDOFF);
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                double magnitudes = 0;
                for (int p = 0; p < a.columns(); p++) {
                    double product = (double) a.data()[a.row(i) + p] * b.data()[b.row(p) + j];
                    sum += product;
                    magnitudes += Math.abs(product);
                }
                double error = Math.abs(c.data()[c.row(i) + j] - sum);
                assertTrue(error <= gamma * magnitudes, i + ", " + j + ": off by " + error);
            }
        }
    }

    private static Matrix<float[]> untouched(int m, int n) {
        return Matrix.of(filled(m * n, UNTOUCHED), m, n);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private float[] floats(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private byte[] bytes(int length) {
        byte[] values = new byte[length];
        random.nextBytes(values);
        return values;
    }
}

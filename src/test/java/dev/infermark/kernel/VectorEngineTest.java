package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VectorEngineTest {
    private static final double U = 0x1p-24;
    private static final float EPSILON = 1e-5f;

    static Stream<Arguments> implementationsAndSizes() {
        return Stream.of(1, 2, 7, 13, 63, 64, 65, 127, 128, 207, 768, 1023, 4098)
                .flatMap(n -> Arrays.stream(Implementation.values()).map(i -> Arguments.of(i, n)));
    }

    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void layerNormStaysWithinTheBoundOfItsRoundings(Implementation implementation, int n) {
        int rows = 3;
        SplittableRandom random = new SplittableRandom(n);
        float[] data = new float[4 + rows * (n + 2)];
        for (int i = 0; i < data.length; i++) {
            // The second row's mean is far from zero, where subtracting it cancels.
            data[i] = (float) (random.nextDouble(-2, 2) + ((i - 4) / (n + 2) == 1 ? 100 : 0.1));
        }
        float[] gain = new float[n];
        float[] bias = new float[n];
        for (int j = 0; j < n; j++) {
            gain[j] = (float) random.nextDouble(0.5, 1.5);
            bias[j] = (float) random.nextDouble(-1, 1);
        }
        Matrix<float[]> x = new Matrix<>(data, 4, rows, n, n + 2);
        Matrix<float[]> y = Matrix.of(new float[rows * n], rows, n);
        Engines.of(implementation).vector().layerNorm(x, gain, bias, EPSILON, y);
        for (int i = 0; i < rows; i++) {
            assertRow(x, gain, bias, y, i);
        }
    }

    /**
     * With γ(k) = k·u/(1 - k·u): the mean's error is at most δ = γ(n)·mean|x|. A deviation d has error e = δ + u·(|d| +
     * δ). The mean of squares is off by at most 2·e·mean|d| + mean(e²), from the deviations, and γ(n + 2) of itself,
     * from its own operations; its square root halves that. Five more roundings follow: of adding epsilon, the root,
     * its reciprocal, the scaling and the addition of the bias.
     */
    private static void assertRow(Matrix<float[]> x, float[] gain, float[] bias, Matrix<float[]> y, int i) {
        int n = x.columns();
        double mean = 0;
        double magnitude = 0;
        for (int j = 0; j < n; j++) {
            mean += (double) x.data()[x.row(i) + j] / n;
            magnitude += Math.abs((double) x.data()[x.row(i) + j]) / n;
        }
        double delta = gamma(n) * magnitude;
        double variance = 0;
        double varianceError = 0;
        for (int j = 0; j < n; j++) {
            double d = Math.abs(x.data()[x.row(i) + j] - mean);
            double e = delta + U * (d + delta);
            variance += d * d / n;
            varianceError += (2 * d * e + e * e) / n;
        }
        varianceError += gamma(n + 2) * (variance + varianceError);
        double deviation = Math.sqrt(variance + EPSILON);
        // 1/sqrt(1 - r) - 1 bounds the relative change of the reciprocal root for an error of r on either side.
        double rootError = 1 / Math.sqrt(1 - varianceError / (variance + EPSILON)) - 1;
        for (int j = 0; j < n; j++) {
            double d = x.data()[x.row(i) + j] - mean;
            double e = delta + U * (Math.abs(d) + delta);
            double scaled = Math.abs(d / deviation * gain[j]);
            double expected = d / deviation * gain[j] + bias[j];
            double larger = (Math.abs(d) + e) / deviation * gain[j] * (1 + rootError);
            double bound = larger - scaled + 5 * U * (larger + Math.abs(bias[j]));
            double error = Math.abs(y.data()[y.row(i) + j] - expected);
            assertTrue(error <= bound, i + ", " + j + ": off by " + error + ", bound " + bound);
        }
    }

    private static double gamma(double k) {
        return k * U / (1 - k * U);
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void constantRowsBecomeTheBias(Implementation implementation) {
        int n = 65;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] bias = new float[n];
        bias[64] = 3;
        Matrix<float[]> x = Matrix.of(ones.clone(), 1, n);
        Engines.of(implementation).vector().layerNorm(x, ones, bias, EPSILON, x);
        assertArrayEquals(bias, x.data());
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void nanStaysInItsRow(Implementation implementation) {
        Matrix<float[]> x = Matrix.of(new float[] {1, Float.NaN, 3, 4, 5, 6}, 2, 3);
        Engines.of(implementation).vector().layerNorm(x, new float[3], new float[3], EPSILON, x);
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, Float.NaN, 0, 0, 0}, x.data());
    }

    @Test
    void refusesShapesThatDoNotFitAndNamesThem() {
        VectorEngine vector = Engines.of(Implementation.REFERENCE).vector();
        Matrix<float[]> x = Matrix.of(new float[6], 2, 3);
        float[] three = new float[3];
        assertMessage("y must have x's shape 2x3, but is 3x2", () -> vector.layerNorm(
                x, three, three, 0, Matrix.of(new float[6], 3, 2)));
        assertMessage("gain must have one element per column of x, which is 2x3, but has shape 2",
                () -> vector.layerNorm(x, new float[2], three, 0, x));
        assertMessage("bias must have one element per column of x, which is 2x3, but has shape 4",
                () -> vector.layerNorm(x, three, new float[4], 0, x));
        assertMessage("epsilon must be finite and not negative, but is NaN",
                () -> vector.layerNorm(x, three, three, Float.NaN, x));
        float[] shared = new float[9];
        assertMessage("y (2x3) must be x (2x3) itself or not overlap it", () -> vector.layerNorm(
                Matrix.of(shared, 2, 3), three, three, 0, new Matrix<>(shared, 3, 2, 3, 3)));
    }

    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void rmsNormIsWithinItsBound(Implementation implementation, int n) {
        Matrix<float[]> x = random(3, n, n);
        float[] gain = random(1, n, n + 1).data();
        Matrix<float[]> y = Matrix.of(new float[3 * n], 3, n);
        Engines.of(implementation).vector().rmsNorm(x, gain, EPSILON, y);
        for (int i = 0; i < 3; i++) {
            double squares = 0;
            for (int j = 0; j < n; j++) {
                squares += Math.pow(at(x, i, j), 2) / n;
            }
            for (int j = 0; j < n; j++) {
                double expected = at(x, i, j) / Math.sqrt(squares + EPSILON) * gain[j];
                assertWithin(gamma(n / 2.0 + 6) * Math.abs(expected), expected, at(y, i, j));
            }
        }
    }

    /** Besides the documented bound, exponentials that are not normal may be 0, and the result may be subnormal. */
    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void softmaxIsWithinItsBound(Implementation implementation, int n) {
        Matrix<float[]> x = random(6, n, n);
        for (int j = 0; j < n; j++) {
            // One row all negative, one far apart, one masked in part, one all negative again, one but for its last.
            x.data()[x.row(1) + j] -= 1000;
            x.data()[x.row(2) + j] *= 60;
            x.data()[x.row(3) + j] = j % 3 == 0 ? x.data()[x.row(3) + j] : Float.NEGATIVE_INFINITY;
            x.data()[x.row(4) + j] -= 50;
            x.data()[x.row(5) + j] = j == n - 1 ? 3 : x.data()[x.row(5) + j] - 20;
        }
        Matrix<float[]> y = Matrix.of(new float[6 * n], 6, n);
        Engines.of(implementation).vector().softmax(x, y);
        for (int i = 0; i < 6; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                max = Math.max(max, at(x, i, j));
            }
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.exp(at(x, i, j) - max);
            }
            for (int j = 0; j < n; j++) {
                double expected = Math.exp(at(x, i, j) - max) / sum;
                double bound = expected == 0
                        ? 0
                        : gamma(1.1 * (max - at(x, i, j)) + 1.1 * Math.log(n) + n + 10) * expected + 0x1p-126;
                assertWithin(bound, expected, at(y, i, j));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void softmaxOfRowsWithoutAMaximumIsNan(Implementation implementation) {
        int n = 65;
        float inf = Float.POSITIVE_INFINITY;
        float[][] rows = {new float[n], new float[n], new float[n], new float[n], new float[n]};
        Arrays.fill(rows[0], -inf);
        rows[1][64] = inf;
        rows[2][3] = Float.NaN;
        Arrays.fill(rows[3], -1);
        rows[3][5] = Float.intBitsToFloat(0xffc0_01ff);
        float[] data = new float[5 * n];
        for (int i = 0; i < 5; i++) {
            System.arraycopy(rows[i], 0, data, i * n, n);
        }
        Matrix<float[]> x = Matrix.of(data, 5, n);
        Engines.of(implementation).vector().softmax(x, x);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < n; j++) {
                assertTrue(Float.isNaN(at(x, i, j)), i + ", " + j + ": " + at(x, i, j));
            }
        }
        for (int j = 0; j < n; j++) {
            assertWithin(gamma(n + 20) / n, 1.0 / n, at(x, 4, j));
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void elementwiseOperationsRoundOnce(Implementation implementation, int n) {
        VectorEngine vector = Engines.of(implementation).vector();
        Matrix<float[]> a = random(2, n, n);
        Matrix<float[]> b = random(2, n, n + 1);
        Matrix<float[]> y = Matrix.of(new float[2 * n], 2, n);
        for (BinaryOperation operation : BinaryOperation.values()) {
            vector.combine(operation, a, b, y);
            for (int k = 0; k < 2 * n; k++) {
                float left = at(a, k / n, k % n);
                float right = at(b, k / n, k % n);
                float expected =
                        switch (operation) {
                            case ADD -> left + right;
                            case SUBTRACT -> left - right;
                            case MULTIPLY -> left * right;
                            case MAX -> Math.max(left, right);
                            case MIN -> Math.min(left, right);
                        };
                assertEquals(expected, y.data()[k], operation.name());
            }
        }
        float[] expected = new float[2 * n];
        for (int k = 0; k < 2 * n; k++) {
            expected[k] = Math.fma(0.3f, at(a, k / n, k % n), y.data()[k]);
        }
        vector.axpy(0.3f, a, y);
        assertArrayEquals(expected, y.data());
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void maximaKnowNanAndTheSignOfZero(Implementation implementation) {
        VectorEngine vector = Engines.of(implementation).vector();
        Matrix<float[]> a = Matrix.of(new float[] {-0f, 0f, Float.NaN, 1, -0f}, 1, 5);
        Matrix<float[]> b = Matrix.of(new float[] {0f, -0f, 1, Float.NaN, -0f}, 1, 5);
        Matrix<float[]> y = Matrix.of(new float[5], 1, 5);
        vector.combine(BinaryOperation.MAX, a, b, y);
        assertArrayEquals(new float[] {0f, 0f, Float.NaN, Float.NaN, -0f}, y.data());
        vector.combine(BinaryOperation.MIN, a, b, y);
        assertArrayEquals(new float[] {-0f, -0f, Float.NaN, Float.NaN, -0f}, y.data());
        float[] one = new float[1];
        vector.reduce(Reduction.MAX, a, one);
        assertEquals(Float.NaN, one[0]);
        vector.reduce(Reduction.MIN, Matrix.of(new float[] {0f, -0f, 3}, 1, 3), one);
        assertEquals(-0f, one[0]);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void reductionsAreWithinTheirBounds(Implementation implementation, int n) {
        VectorEngine vector = Engines.of(implementation).vector();
        Matrix<float[]> x = random(2, n, n);
        float[] sum = new float[2];
        float[] mean = new float[2];
        float[] max = new float[2];
        float[] min = new float[2];
        vector.reduce(Reduction.SUM, x, sum);
        vector.reduce(Reduction.MEAN, x, mean);
        vector.reduce(Reduction.MAX, x, max);
        vector.reduce(Reduction.MIN, x, min);
        for (int i = 0; i < 2; i++) {
            double exact = 0;
            double magnitude = 0;
            float largest = Float.NEGATIVE_INFINITY;
            float least = Float.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                exact += at(x, i, j);
                magnitude += Math.abs(at(x, i, j));
                largest = Math.max(largest, at(x, i, j));
                least = Math.min(least, at(x, i, j));
            }
            assertWithin(gamma(n - 1) * magnitude, exact, sum[i]);
            assertWithin(gamma(n) * magnitude / n, exact / n, mean[i]);
            assertEquals(largest, max[i]);
            assertEquals(least, min[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void top8AreTheFirstOfTheSortedRow(Implementation implementation, int n) {
        int columns = n + 7;
        Matrix<float[]> x = random(2, columns, n);
        for (int j = 0; j < columns; j++) {
            // Few different values, so that there are ties; and two that are not numbers.
            x.data()[x.row(1) + j] = j % 97 == 50 ? Float.NaN : Math.round(3 * at(x, 1, j));
        }
        Matrix<float[]> values = new Matrix<>(new float[2 * 9], 0, 2, 8, 9);
        Matrix<int[]> places = Matrix.of(new int[2 * 8], 2, 8);
        Engines.of(implementation).vector().top8(x, values, places);
        for (int i = 0; i < 2; i++) {
            int row = i;
            int[] expected = IntStream.range(0, columns)
                    .boxed()
                    // Adding 0 makes -0 equal to 0, NaN compares as the largest, and equals keep their order.
                    .sorted(Comparator.comparing(j -> at(x, row, j) + 0f, Comparator.<Float>reverseOrder()))
                    .mapToInt(Integer::intValue)
                    .limit(8)
                    .toArray();
            assertArrayEquals(expected, Arrays.copyOfRange(places.data(), 8 * i, 8 * i + 8));
            for (int k = 0; k < 8; k++) {
                assertEquals(at(x, i, expected[k]), at(values, i, k));
            }
        }
    }

    @Test
    void refusesRowsThatDoNotFit() {
        VectorEngine vector = Engines.of(Implementation.REFERENCE).vector();
        float[] three = new float[3];
        Matrix<float[]> x = Matrix.of(new float[12], 2, 6);
        Matrix<float[]> row = Matrix.of(new float[12], 1, 12);
        Matrix<float[]> values = Matrix.of(new float[16], 2, 8);
        Matrix<int[]> columns = Matrix.of(new int[16], 2, 8);
        assertMessage("x must have at least 8 columns, but is 2x6", () -> vector.top8(x, values, columns));
        assertMessage("values must be 1x8 for x, which is 1x12, but is 2x8", () -> vector.top8(row, values, columns));
        assertMessage("b must have a's shape 2x6, but is 1x3",
                () -> vector.combine(BinaryOperation.ADD, x, Matrix.of(three, 1, 3), x));
        assertMessage("y must have one element per row of x, which is 2x6, but has shape 3",
                () -> vector.reduce(Reduction.SUM, x, three));
    }

    /** Values between -1 and 1 in rows with gaps. */
    private static Matrix<float[]> random(int rows, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int gap = rows == 1 ? 0 : 3;
        float[] data = new float[rows * (n + gap)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextDouble(-1, 1);
        }
        return new Matrix<>(data, 0, rows, n, n + gap);
    }

    private static float at(Matrix<float[]> matrix, int i, int j) {
        return matrix.data()[matrix.row(i) + j];
    }

    private static void assertWithin(double bound, double expected, float actual) {
        double error = Math.abs(actual - expected);
        assertTrue(error <= bound, () -> actual + " is not " + expected + " within " + bound);
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}

package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
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

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}

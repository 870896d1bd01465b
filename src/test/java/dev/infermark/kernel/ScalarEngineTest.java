package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarEngineTest {
    private static final int BATCH = 4096;
    /** Between the inputs tried, all of which a system property asks for; odd, so that the last bits vary. */
    private static final long STEP = Boolean.getBoolean("infermark.exhaustive") ? 1 : 400_009;

    static Stream<Arguments> implementationsAndFunctions() {
        return Arrays.stream(Implementation.values())
                .flatMap(i -> Arrays.stream(ScalarFunction.values()).map(f -> Arguments.of(i, f)));
    }

    /** Inputs from all over the number range, and those where a function changes its ways. */
    @ParameterizedTest
    @EnumSource(ScalarFunction.class)
    @Execution(ExecutionMode.CONCURRENT)
    void errorStaysWithinTheDocumentedBound(ScalarFunction function) {
        float[] x = new float[BATCH];
        long code = 0;
        while (code < 1L << Integer.SIZE) {
            for (int i = 0; i < BATCH; i++) {
                x[i] = Float.intBitsToFloat((int) code);
                code += STEP;
            }
            assertWithin(function, x);
        }
        assertWithin(function, edges());
    }

    /** 64 neighbours on either side of each number where a formula, a range or the result's format ends. */
    private static float[] edges() {
        float[] ends = {
            0, Float.MIN_VALUE, Float.MIN_NORMAL, 0.125f, 0.25f, 0.5f, 0.7071068f, 1, 1.4142135f, 2, 3.93f, 5, 8, 9.02f,
            9.9f, 10.06f, 13.2f, 14.5f, 16, 17.3f, 87.3f, 87.33655f, 88.72283f, 88.8f, 103.97208f, 104, 0x1p24f,
            Float.MAX_VALUE, Float.POSITIVE_INFINITY
        };
        float[] edges = new float[ends.length * 2 * 129];
        int k = 0;
        for (float end : ends) {
            for (int step = -64; step <= 64; step++) {
                int bits = Math.clamp(Float.floatToRawIntBits(end) + (long) step, 0, 0x7f80_0001);
                edges[k++] = Float.intBitsToFloat(bits);
                edges[k++] = -Float.intBitsToFloat(bits);
            }
        }
        return edges;
    }

    private static void assertWithin(ScalarFunction function, float[] x) {
        double[] exact = new double[x.length];
        Arrays.setAll(exact, i -> ExactFunctions.value(function, x[i]));
        for (Implementation implementation : Implementation.values()) {
            float[] y = new float[x.length];
            Engines.of(implementation)
                    .scalar()
                    .apply(function, Matrix.of(x, 1, x.length), Matrix.of(y, 1, y.length));
            for (int i = 0; i < x.length; i++) {
                double bound = bound(function, x[i]) * Math.ulp((float) exact[i]) + subnormalBound(function, x[i]);
                if (!isWithin(y[i], exact[i], bound)) {
                    throw new AssertionError("%s of %s is %s by %s, not %s within %s"
                            .formatted(function, x[i], y[i], implementation, exact[i], bound));
                }
            }
        }
    }

    private static boolean isWithin(float actual, double exact, double bound) {
        float rounded = (float) exact;
        return (Float.isFinite(rounded) && Float.isFinite(actual))
                ? Math.abs(actual - exact) <= bound
                : Float.compare(rounded, actual) == 0
                        // Beyond the largest finite number lies the infinity that it may round to.
                        || (Math.abs(exact) > Float.MAX_VALUE && Math.abs(actual) == Float.MAX_VALUE);
    }

    /** Ulps that {@link ScalarFunction} documents, and what the references themselves may be off. */
    private static double bound(ScalarFunction function, double v) {
        double documented = switch (function) {
            case RELU -> 0;
            case RECIPROCAL, SQRT -> 0.5;
            case EXP, TANH, LOG -> 1;
            case RSQRT, ERF -> 2;
            case SIGMOID, SOFTPLUS -> 4;
            case SILU -> 6;
            case GELU -> 12;
            case GELU_TANH -> 8 + 8 * Math.abs(ExactFunctions.geluTanhArgument(v));
        };
        return documented + ExactFunctions.ERROR;
    }

    /** What a subnormal factor adds, whose own error the product magnifies. */
    private static double subnormalBound(ScalarFunction function, double v) {
        return switch (function) {
            case GELU, GELU_TANH -> 16 * (double) Float.MIN_VALUE;
            case SILU -> v < -87 ? -v * Float.MIN_VALUE : 0;
            default -> 0;
        };
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void zerosInfinitiesAndNanFollowTheFormula(Implementation implementation) {
        float inf = Float.POSITIVE_INFINITY;
        float nan = Float.NaN;
        float payload = Float.intBitsToFloat(0x7fc0_01ff);
        float[] x = {0f, -0f, inf, -inf, nan, payload};
        for (ScalarFunction function : ScalarFunction.values()) {
            float[] expected =
                    switch (function) {
                        case EXP -> new float[] {1, 1, inf, 0, nan, nan};
                        case TANH, ERF -> new float[] {0, -0f, 1, -1, nan, nan};
                        case SIGMOID -> new float[] {0.5f, 0.5f, 1, 0, nan, nan};
                        case GELU, GELU_TANH, SILU -> new float[] {0, -0f, inf, nan, nan, nan};
                        case RELU -> new float[] {0, -0f, inf, 0, nan, nan};
                        case RECIPROCAL -> new float[] {inf, -inf, 0, -0f, nan, nan};
                        case RSQRT -> new float[] {inf, -inf, 0, nan, nan, nan};
                        case SQRT -> new float[] {0, -0f, inf, nan, nan, nan};
                        case LOG -> new float[] {-inf, -inf, inf, nan, nan, nan};
                        case SOFTPLUS -> new float[] {(float) Math.log(2), (float) Math.log(2), inf, 0, nan, nan};
                    };
            float[] y = new float[x.length];
            Engines.of(implementation).scalar().apply(function, Matrix.of(x, 1, 6), Matrix.of(y, 1, 6));
            assertArrayEquals(expected, y, function::name);
            // The same in whole vectors, among values that are plain.
            float[] many = new float[6 * 64];
            Arrays.fill(many, 1);
            for (int i = 0; i < x.length; i++) {
                many[64 * i + 7 * i] = x[i];
            }
            Engines.of(implementation).scalar().apply(function, Matrix.of(many, 6, 64), Matrix.of(many, 6, 64));
            for (int i = 0; i < x.length; i++) {
                assertEquals(expected[i], many[64 * i + 7 * i], function.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void scaleAndBiasAreOneFusedMultiplyAdd(Implementation implementation) {
        int n = 207;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + (i - 100) * 0x1p-23f;
        }
        float[] y = new float[n];
        float[] expected = new float[n];
        for (int i = 0; i < n; i++) {
            expected[i] = Math.max(Math.fma(x[i], 1 + 0x1p-23f, -1f), 0);
        }
        Engines.of(implementation)
                .scalar()
                .apply(ScalarFunction.RELU, 1 + 0x1p-23f, -1f, Matrix.of(x, 1, n), Matrix.of(y, 1, n));
        assertArrayEquals(expected, y);
    }

    static Stream<Arguments> implementationsAndSizes() {
        return Stream.of(1, 7, 13, 63, 64, 65, 127, 128, 207, 768, 1023, 4098)
                .flatMap(n -> Arrays.stream(Implementation.values()).map(i -> Arguments.of(i, n)));
    }

    /** Error of a sum of n numbers in any order: at most (n - 1)·u·Σ|y| to first order, doubled for the higher ones. */
    @ParameterizedTest
    @MethodSource("implementationsAndSizes")
    void sumsAreThoseOfTheOutputs(Implementation implementation, int n) {
        Matrix<float[]> x = new Matrix<>(new float[3 * (n + 5) + 4], 4, 3, n, n + 5);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = (i * 37 % 101) / 25f - 2;
        }
        Matrix<float[]> y = Matrix.of(new float[3 * n], 3, n);
        float[] sums = new float[3];
        Engines.of(implementation).scalar().applyAndSum(ScalarFunction.TANH, 2, 0.5f, x, y, sums);
        for (int i = 0; i < 3; i++) {
            double exact = 0;
            double magnitude = 0;
            for (int j = 0; j < n; j++) {
                exact += y.data()[i * n + j];
                magnitude += Math.abs(y.data()[i * n + j]);
            }
            double bound = 2 * (n - 1) * 0x1p-24 * magnitude;
            assertTrue(Math.abs(sums[i] - exact) <= bound, sums[i] + " is not " + exact + " within " + bound);
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndFunctions")
    void everyLengthGivesTheSameElementsAndTouchesNoOther(Implementation implementation, ScalarFunction function) {
        float[] x = new float[70];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 10f + 0.01f;
        }
        ScalarEngine scalar = Engines.of(implementation).scalar();
        for (int length : new int[] {1, 7, 13, 63, 64, 65}) {
            float[] y = x.clone();
            Matrix<float[]> part = new Matrix<>(y, 3, 1, length, length);
            scalar.apply(function, part, part);
            float[] expected = x.clone();
            for (int i = 3; i < 3 + length; i++) {
                float[] one = {x[i]};
                scalar.apply(function, Matrix.of(one, 1, 1), Matrix.of(one, 1, 1));
                // A vector and a single element may take different ways, each within the bound.
                float bound = (float) (2 * bound(function, x[i]) * Math.ulp(one[0]));
                assertEquals(one[0], y[i], bound, function + " of " + x[i]);
                expected[i] = y[i];
            }
            assertArrayEquals(expected, y);
        }
    }

    @Test
    void refusesShapesThatDoNotFitAndOverlap() {
        ScalarEngine scalar = Engines.of(Implementation.REFERENCE).scalar();
        float[] nine = new float[9];
        Matrix<float[]> x = Matrix.of(nine, 2, 3);
        assertMessage(
                "y must have x's shape 2x3, but is 3x2",
                () -> scalar.apply(ScalarFunction.EXP, x, Matrix.of(new float[6], 3, 2)));
        assertMessage(
                "y (2x3) must be x (2x3) itself or not overlap it",
                () -> scalar.apply(ScalarFunction.EXP, x, new Matrix<>(nine, 3, 2, 3, 3)));
        assertMessage(
                "sums must have one element per row of x, which is 2x3, but has shape 3",
                () -> scalar.applyAndSum(ScalarFunction.EXP, 1, 0, x, x, new float[3]));
        Matrix<float[]> two = Matrix.of(new float[2], 2, 1);
        assertMessage(
                "sums must not be the array of x (2x1)",
                () -> scalar.applyAndSum(ScalarFunction.EXP, 1, 0, two, two, two.data()));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}

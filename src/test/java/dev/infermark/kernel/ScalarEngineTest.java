package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarEngineTest {
    private static final double U = 0x1p-24;
    private static final double SUBNORMAL = 16 * (double) Float.MIN_VALUE;
    private static final MathContext DIGITS = new MathContext(160);
    private static final BigDecimal SQRT_PI =
            new BigDecimal("1.77245385090551602729816748334114518279754945612238712821380778985291");

    /** The bound that {@link ScalarEngine#gelu} documents, from the tail that cancels to the values that pass. */
    @ParameterizedTest
    @EnumSource(Implementation.class)
    void geluIsWithinItsBoundOfTheSeries(Implementation implementation) {
        float[] x = new float[1023];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 511) * (14.6f / 511);
        }
        float[] y = new float[x.length];
        Engines.of(implementation).scalar().gelu(x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = gelu(x[i]);
            assertWithin(12 * U * Math.abs(expected) + SUBNORMAL, expected, y[i], x[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void geluTanhIsWithinItsBoundOfTheFormula(Implementation implementation) {
        float[] x = new float[4098];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2049) * (15f / 2049);
        }
        float[] y = new float[x.length];
        Engines.of(implementation).scalar().geluTanh(x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double v = Math.sqrt(2 / Math.PI) * (x[i] + 0.044715 * Math.pow(x[i], 3));
            // 1 + tanh(v) = exp(v)/cosh(v), which does not cancel.
            double expected = 0.5 * x[i] * Math.exp(v) / Math.cosh(v);
            assertWithin((8 + 8 * Math.abs(v)) * U * Math.abs(expected) + SUBNORMAL, expected, y[i], x[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void boundaryValuesFollowTheFormula(Implementation implementation) {
        float inf = Float.POSITIVE_INFINITY;
        float max = Float.MAX_VALUE;
        float[] x = {0f, -0f, inf, -inf, Float.NaN, max, -max, Float.MIN_VALUE * 2, 100f, -100f, 16f, -16f};
        float[] expected =
                {0f, -0f, inf, Float.NaN, Float.NaN, max, -0f, Float.MIN_VALUE, 100f, -0f, 16f, -0f};
        float[] y = new float[x.length];
        Engines.of(implementation).scalar().gelu(x, 0, y, 0, x.length);
        assertArrayEquals(expected, y);
        Engines.of(implementation).scalar().geluTanh(x, 0, y, 0, x.length);
        assertArrayEquals(expected, y);
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void everyLengthGivesTheSameElementsAndTouchesNoOther(Implementation implementation) {
        float[] x = new float[70];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 10f - 3;
        }
        ScalarEngine scalar = Engines.of(implementation).scalar();
        float[] all = new float[x.length];
        scalar.gelu(x, 0, all, 0, x.length);
        for (int length : new int[] {0, 1, 7, 13, 63, 64, 65}) {
            float[] y = x.clone();
            scalar.gelu(y, 3, y, 3, length);
            float[] expected = x.clone();
            System.arraycopy(all, 3, expected, 3, length);
            assertArrayEquals(expected, y);
        }
    }

    @Test
    void refusesArraysTooShortAndShiftedOverlap() {
        ScalarEngine scalar = Engines.of(Implementation.REFERENCE).scalar();
        float[] four = new float[4];
        assertMessage("x has 4 elements, too few for 5 at 0", () -> scalar.gelu(four, 0, new float[9], 0, 5));
        assertMessage("y has 4 elements, too few for 3 at 2", () -> scalar.gelu(new float[9], 0, four, 2, 3));
        assertMessage("x has 4 elements, too few for -1 at 0", () -> scalar.gelu(four, 0, four, 0, -1));
        assertMessage(
                "y, 3 elements at 1, overlaps x, 3 elements at 0 of the same array",
                () -> scalar.geluTanh(four, 0, four, 1, 3));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertWithin(double bound, double expected, double actual, float x) {
        double error = Math.abs(actual - expected);
        assertTrue(error <= bound, x + ": off by " + error + ", bound " + bound);
    }

    /**
     * ½·x·(1 + erf(x/√2)) with the Maclaurin series erf(z) = 2/√π · Σ (-1)^n z^(2n+1)/(n!(2n+1)) (DLMF 7.6.1). At
     * |z| = 10.4, 47 digits cancel in the sum and 47 more in 1 + erf: of 160 digits, and of √π's 69, enough are left.
     */
    private static double gelu(float x) {
        BigDecimal square = new BigDecimal(x).pow(2).divide(BigDecimal.TWO);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 0; n < 450; n++) {
            BigDecimal term = power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
            sum = n % 2 == 0 ? sum.add(term, DIGITS) : sum.subtract(term, DIGITS);
            power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(n + 1L), DIGITS);
        }
        BigDecimal z = new BigDecimal(x).divide(BigDecimal.TWO.sqrt(DIGITS), DIGITS);
        BigDecimal erf = sum.multiply(z).multiply(BigDecimal.TWO).divide(SQRT_PI, DIGITS);
        return erf.add(BigDecimal.ONE).multiply(new BigDecimal(x)).divide(BigDecimal.TWO).doubleValue();
    }
}

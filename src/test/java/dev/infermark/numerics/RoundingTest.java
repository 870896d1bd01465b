package dev.infermark.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
    private static final int TRIALS = 100_000;

    /**
     * The share rounded up is binomial, with standard deviation sqrt(p(1-p)/n); six of them leave a chance of 2e-9.
     */
    @ParameterizedTest
    @CsvSource({"0.125", "0.5", "0.9", "0.001"})
    void stochasticRoundingIsUnbiasedBetweenNeighbours(float share) {
        for (FloatFormat format : new FloatFormat[] {FloatFormat.BF16, FloatFormat.FP16, FloatFormat.E4M3}) {
            for (int code : new int[] {0, 1, format.encode(1.5f)}) {
                float below = format.decode(code);
                float step = format.decode(code + 1) - below;
                float value = below + share * step;
                double expected = ((double) value - below) / step;
                int up = 0;
                for (int i = 0; i < TRIALS; i++) {
                    int rounded = format.encode(value, Rounding.stochastic(42), Overflow.INFINITY, i);
                    assertTrue(rounded == code || rounded == code + 1);
                    up += rounded - code;
                }
                double deviation = Math.sqrt(expected * (1 - expected) / TRIALS);
                assertEquals(expected, (double) up / TRIALS, 6 * deviation);
            }
        }
    }

    @Test
    void stochasticRoundingLeavesExactValuesAlone() {
        for (int code = 0; code < FloatFormat.E4M3.infinity(); code++) {
            float value = FloatFormat.E4M3.decode(code);
            assertEquals(code, FloatFormat.E4M3.encode(value, Rounding.stochastic(code), Overflow.INFINITY, 3));
        }
    }

    @Test
    void sameSeedGivesTheSameCodesAndAnotherSeedOthers() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + i * 1e-4f;
        }
        short[] first = stochastic(1).toShorts(values);
        assertArrayEquals(first, stochastic(1).toShorts(values));
        assertFalse(Arrays.equals(first, stochastic(2).toShorts(values)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0", "1.5, 2", "-0.5, 0", "-2.5, -2", "126.5, 126", "127.5, 127", "1e30, 127", "-128.5, -128",
        "-1e30, -128", "NaN, 0", "Infinity, 127", "-Infinity, -128", "1e-45, 0", "3.4999998, 3"
    })
    void int8RoundsToNearestEvenAndSaturates(float value, int expected) {
        assertEquals(expected, IntegerFormat.INT8.encode(value));
    }

    @Test
    void integersAgreeWithTheJdksRintOnEverySixteenthOfTheirRange() {
        for (IntegerFormat format : IntegerFormat.values()) {
            int limit = Math.min(format.max(), Short.MAX_VALUE);
            for (int i = (-limit - 3) * 16; i <= (limit + 3) * 16; i++) {
                float value = i / 16f;
                double expected = Math.clamp(Math.rint(value), format.min(), format.max());
                assertEquals((int) expected, format.encode(value));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, 2147483647", "-2147483648, -2147483648", "-3e9, -2147483648", "2147483520, 2147483520",
        "8388607.5, 8388608", "-4194304.5, -4194304", "4194305.5, 4194306", "16777218, 16777218", "NaN, 0"
    })
    void int32RoundsToNearestEvenAndSaturates(float value, int expected) {
        assertEquals(expected, IntegerFormat.INT32.encode(value));
    }

    @Test
    void stochasticIntegersAreUnbiased() {
        long sum = 0;
        for (int i = 0; i < TRIALS; i++) {
            sum += IntegerFormat.INT8.encode(-3.25f, Rounding.stochastic(9), Overflow.SATURATE, i);
        }
        assertEquals(-3.25, (double) sum / TRIALS, 6 * Math.sqrt(0.25 * 0.75 / TRIALS));
    }

    private static Encoder stochastic(long seed) {
        return new Encoder(FloatFormat.BF16, Rounding.stochastic(seed), Overflow.INFINITY);
    }
}

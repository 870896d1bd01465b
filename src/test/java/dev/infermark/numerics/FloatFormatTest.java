package dev.infermark.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatFormatTest {
    /** Every 4099th FP32, or all of them with {@code -Dinfermark.exhaustive=true}. */
    private static final int STRIDE = Boolean.getBoolean("infermark.exhaustive") ? 1 : 4099;

    static Stream<FloatFormat> smallFormats() {
        return Stream.of(
                FloatFormat.BF16,
                FloatFormat.FP16,
                FloatFormat.E5M2,
                FloatFormat.E4M3,
                FloatFormat.E3M4,
                new FloatFormat("e4m3 with bias 11", 4, 3, 11),
                new FloatFormat("e4m3 with bias -20", 4, 3, -20),
                // Its normal values reach down to where FP32's are subnormal.
                new FloatFormat("e4m3 with bias 140", 4, 3, 140),
                new FloatFormat("e2m1", 2, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("smallFormats")
    void everyCodeDecodesToTheValueOfTheFormula(FloatFormat format) {
        for (int code = 0; code < 1 << format.bits(); code++) {
            float value = format.decode(code);
            int magnitude = code & ((1 << (format.bits() - 1)) - 1);
            if (magnitude > format.infinity()) {
                assertTrue(Float.isNaN(value));
            } else if (magnitude == format.infinity()) {
                assertEquals(code == magnitude ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY, value);
            } else {
                assertEquals(0, formula(format, magnitude).compareTo(new BigDecimal(Math.abs(value))));
                assertEquals(code != magnitude, Float.floatToRawIntBits(value) < 0, "sign");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smallFormats")
    void everyCodeSurvivesDecodingAndEncodingAndSignallingNanBecomesQuiet(FloatFormat format) {
        for (int code = 0; code < 1 << format.bits(); code++) {
            int magnitude = code & ((1 << (format.bits() - 1)) - 1);
            int quiet = magnitude > format.infinity() ? 1 << (format.fractionBits() - 1) : 0;
            assertEquals(code | quiet, format.encode(format.decode(code)));
        }
    }

    @ParameterizedTest
    @MethodSource("smallFormats")
    void midpointsRoundToEvenAndTheirNeighboursToTheNearerCode(FloatFormat format) {
        for (int code = 0; code < format.infinity() - 1; code++) {
            BigDecimal sum = formula(format, code).add(formula(format, code + 1));
            float midpoint = sum.divide(BigDecimal.TWO).floatValue();
            if (new BigDecimal(midpoint).multiply(BigDecimal.TWO).compareTo(sum) != 0) {
                continue; // half of BF16's smallest subnormals is below FP32's
            }
            int even = (code & 1) == 0 ? code : code + 1;
            int sign = 1 << (format.bits() - 1);
            assertEquals(even, format.encode(midpoint));
            assertEquals(code, format.encode(Math.nextDown(midpoint)));
            assertEquals(code + 1, format.encode(Math.nextUp(midpoint)));
            assertEquals(sign | even, format.encode(-midpoint));
        }
    }

    @ParameterizedTest
    @MethodSource("smallFormats")
    void overflowBeginsHalfAStepAboveTheLargestValue(FloatFormat format) {
        float max = format.maxValue();
        float step = max - format.decode(format.infinity() - 2);
        float limit = max + step / 2;
        int largest = format.infinity() - 1;
        assertEquals(largest, format.encode(Math.nextDown(limit)));
        assertEquals(format.infinity(), format.encode(limit));
        for (float value : new float[] {limit, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertEquals(format.infinity(), format.encode(value));
            assertEquals(largest, format.encode(value, Rounding.nearestEven(), Overflow.SATURATE, 0));
            assertEquals(-max, format.decode(format.encode(-value, Rounding.nearestEven(), Overflow.SATURATE, 0)));
        }
    }

    @Test
    void everyFp16CodeDecodesAsTheJdkHasIt() {
        for (int code = 0; code < 1 << 16; code++) {
            float expected = Float.float16ToFloat((short) code);
            int quiet = Float.isNaN(expected) ? 0x00400000 : 0;
            int bits = Float.floatToRawIntBits(FloatFormat.FP16.decode(code));
            assertEquals(Float.floatToRawIntBits(expected) | quiet, bits);
        }
    }

    @Test
    void fp32IsItsOwnCode() {
        forSampledInputs(value -> {
            int bits = Float.floatToRawIntBits(value);
            int expected = Float.isNaN(value) ? bits | 0x00400000 : bits;
            assertEquals(expected, FloatFormat.FP32.encode(value));
            assertEquals(expected, Float.floatToRawIntBits(FloatFormat.FP32.decode(bits)));
        });
    }

    @Test
    void fp16AgreesWithTheJdkOnSampledInputs() {
        forSampledInputs(value -> {
            if (!Float.isNaN(value)) {
                assertEquals(Float.floatToFloat16(value) & 0xffff, FloatFormat.FP16.encode(value));
            }
        });
    }

    @Test
    void bf16AgreesWithIntegerArithmeticOnSampledInputs() {
        forSampledInputs(value -> assertEquals(upperBits(value, 16), FloatFormat.BF16.encode(value)));
    }

    @Test
    void tf32AgreesWithIntegerArithmeticOnSampledInputs() {
        forSampledInputs(value -> assertEquals(upperBits(value, 13), FloatFormat.TF32.encode(value)));
    }

    @Test
    void nanKeepsSignAndUpperPayloadAndBecomesQuiet() {
        float signalling = Float.intBitsToFloat(0xffa00001);
        assertEquals(0xffe0, FloatFormat.BF16.encode(signalling));
        assertEquals(0xff, FloatFormat.E5M2.encode(Float.intBitsToFloat(0xffe00000)));
        assertEquals(0x7e, FloatFormat.E5M2.encode(Float.NaN));
    }

    @Test
    void largestValuesAreTheDocumentedOnes() {
        assertEquals(57344f, FloatFormat.E5M2.maxValue());
        assertEquals(240f, FloatFormat.E4M3.maxValue());
        assertEquals(15.5f, FloatFormat.E3M4.maxValue());
        assertEquals(65504f, FloatFormat.FP16.maxValue());
    }

    @Test
    void refusesFormatsThatFp32CannotHold() {
        assertThrows(IllegalArgumentException.class, () -> new FloatFormat("wide", 9, 6, 255));
        assertThrows(IllegalArgumentException.class, () -> new FloatFormat("long", 5, 24, 15));
        assertThrows(IllegalArgumentException.class, () -> new FloatFormat("high", 8, 7, 126));
        assertThrows(IllegalArgumentException.class, () -> new FloatFormat("low", 4, 3, 148));
    }

    private interface Check {
        void on(float value);
    }

    private static void forSampledInputs(Check check) {
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
            check.on(Float.intBitsToFloat((int) bits));
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            // Halfway cases and their neighbours, which a stride rarely meets.
            int tie = (random.nextInt() & 0xffff0000) | 0x8000;
            check.on(Float.intBitsToFloat(tie + random.nextInt(-1, 2)));
        }
    }

    /** FP32 rounded to its upper bits, by adding half less one and the last bit that stays. */
    private static int upperBits(float value, int dropped) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (bits | 0x00400000) >>> dropped;
        }
        return (bits + (1 << (dropped - 1)) - 1 + ((bits >>> dropped) & 1)) >>> dropped;
    }

    /** (-1)^0 · 2^(e - bias) · 1.f, or 2^(1 - bias) · 0.f for the lowest exponent. */
    private static BigDecimal formula(FloatFormat format, int magnitude) {
        int exponent = magnitude >>> format.fractionBits();
        int fraction = magnitude & ((1 << format.fractionBits()) - 1);
        BigDecimal significand = BigDecimal.valueOf(exponent == 0 ? fraction : fraction + (1 << format.fractionBits()));
        int power = Math.max(exponent, 1) - format.bias() - format.fractionBits();
        BigDecimal scale = BigDecimal.TWO.pow(Math.abs(power));
        return power < 0 ? significand.divide(scale) : significand.multiply(scale);
    }
}

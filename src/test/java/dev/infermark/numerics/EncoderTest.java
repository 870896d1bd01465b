package dev.infermark.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderTest {
    private static final int LENGTH = 1023;

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void bulkEqualsOneByOne(Overflow overflow) {
        float[] values = randomBits();
        Encoder encoder = new Encoder(FloatFormat.E4M3, Rounding.stochastic(5), overflow);
        byte[] codes = new byte[LENGTH + 4];
        encoder.encode(values, 3, Codes.of(codes), 4, LENGTH - 3);
        float[] rounded = new float[LENGTH];
        encoder.round(values, 3, rounded, 0, LENGTH - 3);
        float[] decoded = new float[LENGTH];
        FloatFormat.E4M3.decode(Codes.of(codes), 4, decoded, 0, LENGTH - 3);
        for (int i = 0; i < LENGTH - 3; i++) {
            int code = FloatFormat.E4M3.encode(values[i + 3], Rounding.stochastic(5), overflow, i);
            assertEquals((byte) code, codes[i + 4]);
        }
        assertArrayEquals(rounded, decoded);
        assertArrayEquals(new byte[4], Arrays.copyOf(codes, 4), "elements before the offset");
    }

    @Test
    void shortsDecodeToWhatTheyWereEncodedFrom() {
        float[] values = randomBits();
        float[] expected = new float[LENGTH];
        Encoder encoder = Encoder.of(FloatFormat.FP16);
        encoder.round(values, 0, expected, 0, LENGTH);
        float[] decoded = new float[LENGTH];
        FloatFormat.FP16.decode(Codes.of(encoder.toShorts(values)), 0, decoded, 0, LENGTH);
        assertArrayEquals(expected, decoded);
    }

    @Test
    void integersInBulkEqualOneByOne() {
        float[] values = {0.5f, -1.5f, 3e9f, Float.NaN};
        int[] codes = new int[4];
        Encoder.of(IntegerFormat.INT32).encode(values, 0, Codes.of(codes), 0, 4);
        assertArrayEquals(new int[] {0, -2, Integer.MAX_VALUE, 0}, codes);
        Encoder.of(IntegerFormat.INT8).encode(values, 0, Codes.of(codes), 0, 4);
        assertArrayEquals(new int[] {0, -2, 127, 0}, codes);
    }

    @Test
    void integersDecodeToTheirValuesWhateverLiesAboveTheirBits() {
        for (int code = 0; code < 1 << 16; code++) {
            assertEquals((byte) code, IntegerFormat.INT8.decode(code));
            assertEquals(code & 0xff, IntegerFormat.UINT8.decode(code));
            assertEquals((short) code, IntegerFormat.INT16.decode(code));
        }
        assertEquals(16777216f, IntegerFormat.INT32.decode(16777217), "the tie goes to even");
        assertEquals(-0x1p31f, IntegerFormat.INT32.decode(Integer.MIN_VALUE));
    }

    @Test
    void fp16ConvertsToBf16WithOneRoundingOfEveryCode() {
        short[] from = new short[1 << 16];
        for (int code = 0; code < from.length; code++) {
            from[code] = (short) code;
        }
        short[] to = new short[from.length];
        Encoder.of(FloatFormat.BF16).convert(FloatFormat.FP16, Codes.of(from), 0, Codes.of(to), 0, from.length);
        for (int code = 0; code < from.length; code++) {
            float value = Float.float16ToFloat((short) code);
            int bits = Float.floatToRawIntBits(value);
            int expected = Float.isNaN(value)
                    ? (bits | 0x00400000) >>> 16
                    : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
            assertEquals((short) expected, to[code]);
        }
    }

    @Test
    void int8ConvertsToBf16Exactly() {
        Encoder encoder = Encoder.of(FloatFormat.BF16);
        for (int code = Byte.MIN_VALUE; code <= Byte.MAX_VALUE; code++) {
            assertEquals(code, FloatFormat.BF16.decode(encoder.convert(IntegerFormat.INT8, code, 0)));
        }
    }

    @Test
    void formatsAreFoundByTheirLabels() {
        for (NumberFormat format : NumberFormat.standard()) {
            assertEquals(format, NumberFormat.of(format.label()));
        }
        assertMessage(
                "no number format 'fp8': choose from fp32, tf32, bf16, fp16, e5m2, e4m3, e3m4, int8, uint8, int16, "
                        + "int32",
                () -> NumberFormat.of("fp8"));
    }

    @Test
    void refusesArraysTooNarrowOrTooShort() {
        float[] two = new float[2];
        assertMessage(
                "to has elements of 8 bits, too narrow for fp16 with codes of 16 bits",
                () -> Encoder.of(FloatFormat.FP16).toBytes(two));
        assertMessage(
                "to has elements of 16 bits, too narrow for tf32 with codes of 19 bits",
                () -> Encoder.of(FloatFormat.TF32).toShorts(two));
        assertMessage(
                "from has elements of 8 bits, too narrow for bf16 with codes of 16 bits",
                () -> FloatFormat.BF16.decode(Codes.of(new byte[1]), 0, two, 0, 1));
        assertMessage(
                "to has 1 elements, too few for 2 at 0",
                () -> Encoder.of(FloatFormat.BF16).encode(two, 0, Codes.of(new short[1]), 0, 2));
        assertMessage(
                "from has 2 elements, too few for 2 at 1",
                () -> Encoder.of(FloatFormat.BF16).round(two, 1, new float[3], 0, 2));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static float[] randomBits() {
        SplittableRandom random = new SplittableRandom(11);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
        }
        return values;
    }
}

package dev.infermark.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
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
        encoder.encode(values, 3, codes, 4, LENGTH - 3);
        float[] rounded = new float[LENGTH];
        encoder.round(values, 3, rounded, 0, LENGTH - 3);
        float[] decoded = new float[LENGTH];
        new Decoder(FloatFormat.E4M3).decode(codes, 4, decoded, 0, LENGTH - 3);
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
        new Decoder(FloatFormat.FP16).decode(encoder.toShorts(values), 0, decoded, 0, LENGTH);
        assertArrayEquals(expected, decoded);
    }

    @Test
    void int8InBulkEqualsOneByOne() {
        float[] values = {0.5f, -1.5f, 300f, Float.NaN};
        byte[] codes = new byte[4];
        IntegerFormat.INT8.encode(values, 0, codes, 0, 4, Rounding.nearestEven());
        assertArrayEquals(new byte[] {0, -2, 127, 0}, codes);
        assertThrows(
                IllegalArgumentException.class,
                () -> IntegerFormat.INT16.encode(values, 0, codes, 0, 4, Rounding.nearestEven()));
    }

    @Test
    void refusesArraysTooNarrowOrTooShort() {
        assertThrows(IllegalArgumentException.class, () -> Encoder.of(FloatFormat.FP16).toBytes(new float[1]));
        assertThrows(IllegalArgumentException.class, () -> Encoder.of(FloatFormat.TF32).toShorts(new float[1]));
        assertThrows(IllegalArgumentException.class, () -> new Decoder(FloatFormat.TF32));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Decoder(FloatFormat.BF16).decode(new byte[1], 0, new float[1], 0, 1));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Encoder.of(FloatFormat.BF16).encode(new float[2], 0, new short[1], 0, 2));
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

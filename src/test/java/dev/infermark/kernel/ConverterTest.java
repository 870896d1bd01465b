package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.NumberFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.Rounding;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConverterTest {
    private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 63, 64, 65, 207, 1023};
    private static final int CODES = 1 << 16;

    static Stream<NumberFormat> formats() {
        return Stream.concat(
                NumberFormat.standard().stream(),
                Stream.of(
                        new FloatFormat("e4m3 with bias 11", 4, 3, 11),
                        new FloatFormat("e4m3 with bias -20", 4, 3, -20),
                        new FloatFormat("e5m2 with bias 60", 5, 2, 60),
                        new FloatFormat("e4m3 with bias 85", 4, 3, 85),
                        new FloatFormat("e4m3 with bias 140", 4, 3, 140),
                        new FloatFormat("e2m5", 2, 5, 1),
                        new FloatFormat("e6m9", 6, 9, 31),
                        new FloatFormat("e7m8", 7, 8, 63),
                        new FloatFormat("e8m7 with bias 130", 8, 7, 130),
                        new FloatFormat("e8m4", 8, 4, 127),
                        new FloatFormat("e2m1", 2, 1, 1)));
    }

    static Stream<Arguments> implementationsAndFormats() {
        return Arrays.stream(Implementation.values()).flatMap(i -> formats().map(f -> Arguments.of(i, f)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyCodeDecodesToTheSameBitsAsOneByOne(NumberFormat format) {
        int[] all = IntStream.range(0, CODES).toArray();
        if (format.bits() > Short.SIZE) {
            new SplittableRandom(3).ints(CODES).limit(CODES).forEach(code -> all[code & (CODES - 1)] = code);
        }
        for (int width : widths(format)) {
            Codes codes = array(width, CODES);
            IntStream.range(0, CODES).forEach(i -> codes.set(i, all[i]));
            float[] expected = new float[CODES];
            for (int i = 0; i < CODES; i++) {
                expected[i] = format.decode(codes.get(i));
            }
            float[] actual = new float[CODES];
            Engines.best().converter().decode(format, codes, 0, actual, 0, CODES);
            assertSameBits(expected, actual);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valuesAtAndAroundEveryBoundaryEncodeToTheSameBitsAsOneByOne(NumberFormat format) {
        float[] values = boundaries(format);
        for (Encoder encoder : encoders(format)) {
            Codes expected = array(widths(format)[0], values.length);
            encoder.encode(values, 0, expected, 0, values.length);
            Codes actual = array(widths(format)[0], values.length);
            Engines.best().converter().encode(encoder, values, 0, actual, 0, values.length);
            assertSame(expected, actual, encoder, values);

            float[] expectedValues = new float[values.length];
            format.decode(expected, 0, expectedValues, 0, values.length);
            float[] rounded = new float[values.length];
            Engines.best().converter().round(encoder, values, 0, rounded, 0, values.length);
            assertSameBits(expectedValues, rounded);
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndFormats")
    void everyLengthGivesTheSameElementsAndTouchesNoOther(Implementation implementation, NumberFormat format) {
        Converter converter = converter(implementation);
        for (Encoder encoder : List.of(encoders(format).getFirst(), encoders(format).getLast())) {
            for (int length : SIZES) {
                float[] values = randomBits(length, length + 5);
                Codes expected = array(widths(format)[0], length + 5);
                Codes actual = array(widths(format)[0], length + 5);
                encoder.encode(values, 2, expected, 3, length);
                converter.encode(encoder, values, 2, actual, 3, length);
                assertSame(expected, actual, encoder, values);

                float[] decoded = new float[length + 5];
                float[] expectedValues = new float[length + 5];
                format.decode(expected, 3, expectedValues, 1, length);
                converter.decode(format, actual, 3, decoded, 1, length);
                assertSameBits(expectedValues, decoded);

                float[] inPlace = values.clone();
                encoder.round(values, 2, values, 2, length);
                converter.round(encoder, inPlace, 2, inPlace, 2, length);
                assertSameBits(values, inPlace);
            }
        }
    }

    static Stream<FloatFormat> formatsOfEveryLoop() {
        return Stream.of(FloatFormat.BF16, FloatFormat.TF32, FloatFormat.FP16, FloatFormat.E4M3);
    }

    @ParameterizedTest
    @MethodSource("formatsOfEveryLoop")
    @EnabledIfSystemProperty(named = "infermark.exhaustive", matches = "true")
    void everyFp32RoundsToTheSameBitsAsOneByOne(FloatFormat format) {
        Encoder encoder = Encoder.of(format);
        int blocks = 1 << 12;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            float[] values = new float[1 << 20];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(block * values.length + i);
            }
            float[] actual = new float[values.length];
            Engines.best().converter().round(encoder, values, 0, actual, 0, values.length);
            encoder.round(values, 0, values, 0, values.length);
            assertSameBits(values, actual);
        });
    }

    @Test
    void refusesArraysTooShortOrTooNarrowAndShiftedOverlap() {
        Converter converter = converter(Implementation.REFERENCE);
        Encoder encoder = Encoder.of(FloatFormat.FP16);
        float[] four = new float[4];
        assertMessage(
                "from has 4 elements, too few for 5 at 0",
                () -> converter.encode(encoder, four, 0, Codes.of(new short[9]), 0, 5));
        assertMessage(
                "to has 2 elements, too few for 2 at 1",
                () -> converter.encode(encoder, four, 0, Codes.of(new short[2]), 1, 2));
        assertMessage(
                "to has elements of 8 bits, too narrow for fp16 with codes of 16 bits",
                () -> converter.encode(encoder, four, 0, Codes.of(new byte[4]), 0, 4));
        assertMessage(
                "from has elements of 16 bits, too narrow for int32 with codes of 32 bits",
                () -> converter.decode(IntegerFormat.INT32, Codes.of(new short[4]), 0, four, 0, 4));
        assertMessage(
                "to has 4 elements, too few for 4 at 1",
                () -> converter.decode(FloatFormat.FP16, Codes.of(new short[4]), 0, four, 1, 4));
        assertMessage(
                "to, 3 elements at 1, overlaps from, 3 elements at 0 of the same array",
                () -> converter.round(encoder, four, 0, four, 1, 3));
    }

    private static Converter converter(Implementation implementation) {
        return Engines.of(implementation).converter();
    }

    private static List<Encoder> encoders(NumberFormat format) {
        return Stream.of(Rounding.nearestEven(), Rounding.stochastic(3))
                .flatMap(rounding -> Arrays.stream(Overflow.values()).map(o -> new Encoder(format, rounding, o)))
                .toList();
    }

    /** Widths of arrays that hold the format's codes, the narrowest first. */
    private static int[] widths(NumberFormat format) {
        return IntStream.of(Byte.SIZE, Short.SIZE, Integer.SIZE)
                .filter(width -> width >= format.bits())
                .toArray();
    }

    private static Codes array(int width, int length) {
        return switch (width) {
            case Byte.SIZE -> Codes.of(new byte[length]);
            case Short.SIZE -> Codes.of(new short[length]);
            default -> Codes.of(new int[length]);
        };
    }

    /** Values of codes, midpoints between them, each with its neighbours and both signs; then bits of all kinds. */
    private static float[] boundaries(NumberFormat format) {
        int step = format.bits() > Short.SIZE ? 1 << (format.bits() - 13) : format.bits() > Byte.SIZE ? 31 : 1;
        int codes = 1 << (Math.min(format.bits(), 31) - 1);
        IntStream.Builder bits = IntStream.builder();
        for (int code = 0; code >= 0 && code < codes; code += step) {
            float value = format.decode(code);
            float midpoint = value / 2 + format.decode(code + 1) / 2;
            for (int around = -1; around <= 1; around++) {
                bits.add(Float.floatToRawIntBits(value) + around);
                bits.add(Float.floatToRawIntBits(midpoint) + around);
                bits.add(Float.floatToRawIntBits(-value) + around);
                bits.add(Float.floatToRawIntBits(-midpoint) + around);
            }
        }
        for (int exponent = 0; exponent < 512; exponent++) {
            for (int fraction : new int[] {0, 1, 0x200000, 0x400000, 0x400001, 0x7ffffe, 0x7fffff}) {
                bits.add(exponent << 23 | fraction);
            }
        }
        SplittableRandom random = new SplittableRandom(17);
        return toFloats(IntStream.concat(bits.build(), random.ints(5_000)).toArray());
    }

    private static float[] randomBits(long seed, int length) {
        return toFloats(new SplittableRandom(seed).ints(length).toArray());
    }

    private static float[] toFloats(int[] bits) {
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }

    private static void assertSame(Codes expected, Codes actual, Encoder encoder, float[] values) {
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) != actual.get(i)) {
                assertEquals(expected.get(i), actual.get(i), encoder + " of " + Float.toHexString(values[i]));
            }
        }
    }

    private static void assertSameBits(float[] expected, float[] actual) {
        assertArrayEquals(toBits(expected), toBits(actual));
    }

    private static int[] toBits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}

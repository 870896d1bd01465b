package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class ConvolutionTest {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final float UNTOUCHED = 77;

    private final SplittableRandom random = new SplittableRandom(5);

    /** Awkward sizes, windows, strides, dilations, paddings and groups, in both layouts. */
    static Stream<Convolution2d> convolutions() {
        return Arrays.stream(ImageLayout.values()).flatMap(layout -> Stream.concat(sizes(layout), windows(layout)));
    }

    /** Each awkward size takes the place of each dimension in turn; depths of 1023 and 1161 need several blocks. */
    private static Stream<Convolution2d> sizes(ImageLayout layout) {
        return Stream.of(1, 7, 13, 63, 64, 65, 127, 128, 207)
                .flatMap(size -> Stream.of(
                        square(layout, 1, size, 5, 3, padded(3), 6),
                        square(layout, 2, 3, size, 2, padded(3), 9),
                        square(layout, 1, 4, 5, size, padded(3), 2),
                        square(layout, 2, 3, 2, 5, padded(1), size)));
    }

    /** Of 8000 channels with much padding, a band fits so few rows that the first sees padding alone. */
    private static Stream<Convolution2d> windows(ImageLayout layout) {
        Window dilated = new Window(3, 1, 2, 1, 3);
        return Stream.of(
                square(layout, 1, 1, 1, 1, Window.of(1), 1),
                square(layout, 1, 1, 1, 1023, Window.of(1), 70),
                square(layout, 2, 3, 4, 129, padded(3), 67),
                square(layout, 1, 12, 15, 3, padded(7).withStride(2), 65),
                square(layout, 1, 9, 8, 4, padded(5), 5),
                square(layout, 1, 11, 10, 2, Window.of(1).withStride(3), 3),
                square(layout, 1, 12, 13, 17, Window.of(2).withStride(5).withPadding(1, 0), 3),
                square(layout, 1, 6, 5, 65, dilated, 66),
                square(layout, 1, 2, 2, 3, Window.of(3).withPadding(6, 7), 4),
                new Convolution2d(image(layout, 2, 9, 6, 5), dilated, Window.of(4).withPadding(0, 9), 7, 1),
                new Convolution2d(image(layout, 1, 2, 2, 8000), Window.of(3).withPadding(6, 7), Window.of(1), 4, 1),
                new Convolution2d(image(layout, 1, 9, 6, 6), Window.of(1), padded(3).withStride(2), 4, 2),
                new Convolution2d(image(layout, 1, 5, 6, 130), dilated, padded(3), 134, 2),
                new Convolution2d(image(layout, 1, 5, 6, 64), padded(3), padded(3), 32, 16),
                new Convolution2d(image(layout, 1, 5, 6, 8), padded(3), dilated, 4, 4),
                new Convolution2d(image(layout, 2, 9, 30, 1), padded(3), padded(3), 65, 1),
                new Convolution2d(image(layout, 2, 9, 30, 65), padded(3), padded(3), 65, 65),
                new Convolution2d(image(layout, 1, 9, 31, 33), padded(5).withStride(2), dilated, 99, 33),
                new Convolution2d(image(layout, 1, 5, 4, 2), padded(3), padded(3), 600, 2));
    }

    /** |out - exact| ≤ γ(k)·Σ|a||b| for any order of summation, as TensorEngineTest derives it. */
    @ParameterizedTest
    @MethodSource("convolutions")
    void fp32StaysWithinTheBoundOfItsRoundings(Convolution2d convolution) {
        float[] input = floats(inputs(convolution));
        float[] filters = floats(weights(convolution));
        double k = convolution.depth() + 1;
        double gamma = k * UNIT_ROUNDOFF / (1 - k * UNIT_ROUNDOFF);
        float[] reference = run(Implementation.REFERENCE, convolution, Element.FP32, filters, input);
        float[] simd = run(Implementation.SIMD, convolution, Element.FP32, filters, input);
        new ExactConvolution(convolution, i -> input[i], i -> filters[i]).forEach((index, sum, magnitudes) -> {
            assertEquals(sum, reference[index], gamma * magnitudes, "reference");
            assertEquals(sum, simd[index], gamma * magnitudes, "simd");
        });
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void int8IsExact(Convolution2d convolution) {
        byte[] input = bytes(inputs(convolution));
        byte[] filters = bytes(weights(convolution));
        assertExact(
                new ExactConvolution(convolution, i -> input[i], i -> filters[i]), Element.INT8, filters, input);
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void uint8IsExact(Convolution2d convolution) {
        byte[] input = bytes(inputs(convolution));
        byte[] filters = bytes(weights(convolution));
        assertExact(
                new ExactConvolution(convolution, i -> input[i] & 0xff, i -> filters[i] & 0xff),
                Element.UINT8,
                filters,
                input);
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void integersAreExactWhereEverySumIsTheLargest(Implementation implementation) {
        Convolution2d convolution = square(ImageLayout.NCHW, 1, 1, 1, 33_025, Window.of(1), 1);
        byte[] largest = filledBytes(33_025, (byte) 255);
        byte[] lowest = filledBytes(33_025, Byte.MIN_VALUE);
        TensorEngine tensor = Engines.of(implementation).tensor();
        int[] output = new int[1];
        tensor.conv2d(convolution, Element.UINT8, largest).run(largest, output);
        assertEquals(33_025 * 255 * 255, output[0]);
        tensor.conv2d(convolution, Element.INT8, lowest).run(lowest, output);
        assertEquals(33_025 * (1 << 14), output[0]);
    }

    static Stream<Arguments> implementationsAndLayouts() {
        return Arrays.stream(Implementation.values())
                .flatMap(implementation -> Arrays.stream(ImageLayout.values())
                        .map(layout -> Arguments.of(implementation, layout)));
    }

    /** Narrow types give to the bit what FP32 gives for their values. */
    @ParameterizedTest
    @MethodSource("implementationsAndLayouts")
    void narrowFloatsAreWidenedAndThenAreFp32(Implementation implementation, ImageLayout layout) {
        Convolution2d convolution = square(layout, 2, 9, 7, 13, padded(3), 21);
        float[] input = floats(inputs(convolution));
        float[] filters = floats(weights(convolution));

        for (FloatFormat format : new FloatFormat[] {FloatFormat.BF16, FloatFormat.FP16}) {
            Encoder encoder = Encoder.of(format);
            Element<short[], float[]> type = format.equals(FloatFormat.BF16) ? Element.BF16 : Element.FP16;
            assertArrayEquals(
                    rounded(implementation, convolution, encoder, filters, input),
                    run(implementation, convolution, type, encoder.toShorts(filters), encoder.toShorts(input)));
        }
        for (FloatFormat format : new FloatFormat[] {FloatFormat.E5M2, FloatFormat.E4M3, FloatFormat.E3M4}) {
            Encoder encoder = Encoder.of(format);
            assertArrayEquals(
                    rounded(implementation, convolution, encoder, filters, input),
                    run(
                            implementation,
                            convolution,
                            Element.cfp8(format),
                            encoder.toBytes(filters),
                            encoder.toBytes(input)));
        }
        assertArrayEquals(
                rounded(implementation, convolution, Encoder.of(FloatFormat.TF32), filters, input),
                run(implementation, convolution, Element.TF32, filters, input));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void threadsGiveTheBitsOfOneThread(Convolution2d convolution) {
        float[] input = floats(inputs(convolution));
        float[] filters = floats(weights(convolution));
        ConvolutionPlan<float[], float[]> plan =
                Engines.of(Implementation.SIMD).tensor().conv2d(convolution, Element.FP32, filters);
        float[] alone = untouched(convolution);
        float[] together = untouched(convolution);
        plan.run(input, alone);
        plan.run(input, together, 3);
        assertArrayEquals(alone, together);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndLayouts")
    void secondRunSeesTheSecondInputAlone(Implementation implementation, ImageLayout layout) {
        Convolution2d convolution = square(layout, 1, 9, 7, 13, padded(3), 21);
        float[] filters = floats(weights(convolution));
        float[] first = floats(inputs(convolution));
        float[] second = floats(inputs(convolution));
        ConvolutionPlan<float[], float[]> plan =
                Engines.of(implementation).tensor().conv2d(convolution, Element.FP32, filters);
        float[] output = untouched(convolution);
        plan.run(first, output);
        plan.run(second, output);
        assertArrayEquals(run(implementation, convolution, Element.FP32, filters, second), output);
    }

    /** One element reaches the nine pixels around it, in its filter's or in all filters' channels. */
    @ParameterizedTest
    @MethodSource("implementationsAndLayouts")
    void infinityAndNanReachTheirWindowsAlone(Implementation implementation, ImageLayout layout) {
        for (int groups : new int[] {1, 35}) {
            Window window = padded(3);
            Convolution2d convolution = new Convolution2d(image(layout, 1, 12, 11, 35), window, window, 35, groups);
            float[] input = filled(inputs(convolution), 1);
            input[convolution.input().index(0, 4, 4, 3)] = Float.POSITIVE_INFINITY;
            input[convolution.input().index(0, 9, 8, 34)] = Float.NaN;
            float[] output =
                    run(implementation, convolution, Element.FP32, filled(weights(convolution), 1), input);
            for (int y = 0; y < 12; y++) {
                for (int x = 0; x < 11; x++) {
                    for (int filter = 0; filter < 35; filter++) {
                        boolean infinite = near(y, 4) && near(x, 4) && (groups == 1 || filter == 3);
                        boolean nan = near(y, 9) && near(x, 8) && (groups == 1 || filter == 34);
                        float value = output[convolution.output().index(0, y, x, filter)];
                        assertEquals(nan, Float.isNaN(value));
                        assertEquals(infinite, Float.isInfinite(value));
                    }
                }
            }
        }
    }

    @Test
    void leavesTheRestOfTheOutputAlone() {
        Convolution2d convolution = square(ImageLayout.NHWC, 1, 5, 5, 3, padded(3), 7);
        float[] output = filled(5 * 5 * 7 + 9, UNTOUCHED);
        for (Implementation implementation : Implementation.values()) {
            Engines.of(implementation)
                    .tensor()
                    .conv2d(convolution, Element.FP32, new float[9 * 3 * 7])
                    .run(new float[5 * 5 * 3], output);
            assertArrayEquals(new float[5 * 5 * 7], Arrays.copyOf(output, 5 * 5 * 7));
            assertArrayEquals(filled(9, UNTOUCHED), Arrays.copyOfRange(output, 5 * 5 * 7, output.length));
        }
    }

    @Test
    void refusesShapesThatDoNotFitAndNamesThem() {
        ImageShape input = image(ImageLayout.NHWC, 1, 5, 6, 4);
        Window window = padded(3);
        assertMessage(
                "groups 3 must divide the channels of the input 1x5x6x4 NHWC and the 6 filters",
                () -> new Convolution2d(input, window, window, 6, 3));
        assertMessage(
                "groups 2 must divide the channels of the input 1x5x6x4 NHWC and the 5 filters",
                () -> new Convolution2d(input, window, window, 5, 2));
        assertMessage(
                "filters 0 and groups 1 must be at least 1", () -> new Convolution2d(input, window, window, 0, 1));
        assertMessage(
                "a window of extent 9 does not fit on an axis of 5 with padding 1 and 2",
                () -> new Convolution2d(input, new Window(3, 1, 4, 1, 2), window, 6, 1));
        assertMessage(
                "every dimension is at least 1, not 1 images of 0x6 pixels and 4 channels",
                () -> image(ImageLayout.NCHW, 1, 0, 6, 4));
        assertMessage(
                "65536 images of 65536x1 pixels and 1 channels are more than the 2147483647 elements of an array",
                () -> image(ImageLayout.NCHW, 65536, 65536, 1, 1));
        assertMessage(
                "padding must not be negative: -1 before and 0 after the axis",
                () -> Window.of(3).withPadding(-1, 0));
        assertMessage(
                "size 3, stride 0 and dilation 1 of a window must be at least 1",
                () -> Window.of(3).withStride(0));
    }

    @Test
    void refusesArraysThatAreTooShortOrShared() {
        Convolution2d convolution = square(ImageLayout.NCHW, 1, 5, 5, 3, padded(3), 3);
        TensorEngine tensor = Engines.of(Implementation.REFERENCE).tensor();
        assertMessage(
                "filters of 3x3x3x3 take 81 elements, but their array holds 80 (input 1x3x5x5 NCHW)",
                () -> tensor.conv2d(convolution, Element.FP32, new float[80]));
        ConvolutionPlan<float[], float[]> plan = tensor.conv2d(convolution, Element.FP32, new float[81]);
        float[] enough = new float[75];
        assertMessage("threads must be at least 1, not 0", () -> plan.run(enough, new float[75], 0));
        assertMessage(
                "input of 1x3x5x5 NCHW takes 75 elements, but its array holds 74"
                        + " (convolution of 1x3x5x5 NCHW with filters 3x3x3x3)",
                () -> plan.run(new float[74], enough));
        assertMessage(
                "output of 1x3x5x5 NCHW takes 75 elements, but its array holds 74"
                        + " (convolution of 1x3x5x5 NCHW with filters 3x3x3x3)",
                () -> plan.run(enough, new float[74]));
        assertMessage(
                "output (1x3x5x5 NCHW) must be another array than input (1x3x5x5 NCHW)",
                () -> plan.run(enough, enough));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static boolean near(int a, int b) {
        return Math.abs(a - b) <= 1;
    }

    private static Window padded(int size) {
        return Window.of(size).withPadding(size / 2, size / 2);
    }

    private static ImageShape image(ImageLayout layout, int batch, int height, int width, int channels) {
        return new ImageShape(layout, batch, height, width, channels);
    }

    private static Convolution2d square(
            ImageLayout layout, int batch, int height, int width, int channels, Window window, int filters) {
        return Convolution2d.square(image(layout, batch, height, width, channels), window, filters);
    }

    private static int inputs(Convolution2d convolution) {
        return convolution.input().elements();
    }

    private static int weights(Convolution2d convolution) {
        return convolution.filters() * convolution.depth();
    }

    private static <T> float[] run(
            Implementation implementation,
            Convolution2d convolution,
            Element<T, float[]> type,
            T filters,
            T input) {
        float[] output = untouched(convolution);
        Engines.of(implementation).tensor().conv2d(convolution, type, filters).run(input, output);
        return output;
    }

    private static float[] rounded(
            Implementation implementation, Convolution2d convolution, Encoder encoder, float[] filters, float[] input) {
        float[] roundedFilters = new float[filters.length];
        float[] roundedInput = new float[input.length];
        encoder.round(filters, 0, roundedFilters, 0, filters.length);
        encoder.round(input, 0, roundedInput, 0, input.length);
        return run(implementation, convolution, Element.FP32, roundedFilters, roundedInput);
    }

    private static void assertExact(
            ExactConvolution exact, Element<byte[], int[]> type, byte[] filters, byte[] input) {
        int[] reference = new int[exact.convolution().output().elements()];
        int[] simd = new int[reference.length];
        Engines.of(Implementation.REFERENCE)
                .tensor()
                .conv2d(exact.convolution(), type, filters)
                .run(input, reference);
        Engines.of(Implementation.SIMD)
                .tensor()
                .conv2d(exact.convolution(), type, filters)
                .run(input, simd);
        exact.forEach((index, sum, magnitudes) -> {
            assertEquals(sum, reference[index]);
            assertEquals(sum, simd[index]);
        });
    }

    private static float[] untouched(Convolution2d convolution) {
        return filled(convolution.output().elements(), UNTOUCHED);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static byte[] filledBytes(int length, byte value) {
        byte[] values = new byte[length];
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

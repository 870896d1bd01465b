package dev.infermark.kernel;

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
import org.junit.jupiter.params.provider.MethodSource;

class VectorEngineImagesTest {
    private static final double U = 0x1p-24;
    private static final float EPSILON = 1e-5f;

    static Stream<Arguments> implementationsAndLayouts() {
        return Arrays.stream(ImageLayout.values())
                .flatMap(layout -> Arrays.stream(Implementation.values()).map(i -> Arguments.of(i, layout)));
    }

    @ParameterizedTest
    @MethodSource("implementationsAndLayouts")
    void batchNormOfItsOwnStatisticsIsWithinTheBounds(Implementation implementation, ImageLayout layout) {
        for (int channels : new int[] {1, 7, 16, 65, 128, 207}) {
            ImageShape shape = new ImageShape(layout, 2, 3, 7, channels);
            float[] x = random(shape.elements(), channels);
            float[] mean = new float[channels];
            float[] variance = new float[channels];
            VectorEngine vector = Engines.of(implementation).vector();
            vector.batchStatistics(shape, x, mean, variance);
            int n = 2 * 3 * 7;
            for (int c = 0; c < channels; c++) {
                double exactMean = 0;
                double magnitude = 0;
                for (int k = 0; k < n; k++) {
                    float value = x[shape.index(k / 21, k % 21 / 7, k % 7, c)];
                    exactMean += (double) value / n;
                    magnitude += (double) Math.abs(value) / n;
                }
                assertWithin(gamma(n) * magnitude, exactMean, mean[c]);
                double exact = 0;
                for (int k = 0; k < n; k++) {
                    // The mean's error e adds e² to the variance about it.
                    exact += Math.pow(x[shape.index(k / 21, k % 21 / 7, k % 7, c)] - exactMean, 2) / n;
                }
                assertWithin(gamma(n + 3) * exact + Math.pow(gamma(n) * magnitude, 2), exact, variance[c]);
            }
            float[] gain = random(channels, 1);
            float[] bias = random(channels, 2);
            float[] y = new float[x.length];
            vector.batchNorm(shape, x, new BatchNorm(mean, variance, gain, bias, EPSILON), y);
            for (int k = 0; k < n * channels; k++) {
                int c = k % channels;
                int at = shape.index(k / channels / 21, k / channels % 21 / 7, k / channels % 7, c);
                double product = ((double) x[at] - mean[c]) * gain[c] / Math.sqrt(variance[c] + (double) EPSILON);
                double bound = gamma(4) * Math.abs(product) + U * Math.abs(product + bias[c]);
                assertWithin(bound, product + bias[c], y[at]);
            }
        }
    }

    /** Every kind over windows that need padding and not, move by 1, 2 and 3, in rows from shorter than a vector on. */
    @ParameterizedTest
    @MethodSource("implementationsAndLayouts")
    void poolingLooksAtEachWindow(Implementation implementation, ImageLayout layout) {
        Window[] windows = {
            Window.of(1), Window.of(3).withPadding(1, 1), Window.of(2).withStride(2), Window.of(3).withStride(3),
            Window.of(3).withStride(2).withPadding(1, 1), Window.of(5).withPadding(0, 2)
        };
        ImageShape[] inputs = {new ImageShape(layout, 2, 6, 5, 65), new ImageShape(layout, 1, 5, 75, 2)};
        for (ImageShape input : inputs) {
            float[] x = random(input.elements(), input.width());
            for (Pooling2d.Kind kind : Pooling2d.Kind.values()) {
                for (Window window : windows) {
                    assertPools(implementation, Pooling2d.square(kind, input, window), x);
                }
                assertPools(implementation, Pooling2d.global(kind, input), x);
            }
        }
    }

    private static void assertPools(Implementation implementation, Pooling2d pooling, float[] x) {
        ImageShape output = pooling.output();
        float[] y = new float[output.elements()];
        Engines.of(implementation).vector().pool(pooling, x, y);
        for (int k = 0; k < y.length; k++) {
            int channel = k % output.channels();
            int pixel = k / output.channels();
            int column = pixel % output.width();
            int row = pixel / output.width() % output.height();
            int image = pixel / output.pixels();
            assertWindow(pooling, x, image, row, column, channel, y[output.index(image, row, column, channel)]);
        }
    }

    private static void assertWindow(
            Pooling2d pooling, float[] x, int image, int row, int column, int channel, float actual) {
        ImageShape input = pooling.input();
        double sum = 0;
        double magnitude = 0;
        float max = Float.NEGATIVE_INFINITY;
        int inside = 0;
        for (int i = 0; i < pooling.vertical().size(); i++) {
            for (int j = 0; j < pooling.horizontal().size(); j++) {
                int y = row * pooling.vertical().stride() - pooling.vertical().before() + i;
                int z = column * pooling.horizontal().stride() - pooling.horizontal().before() + j;
                if (y >= 0 && y < input.height() && z >= 0 && z < input.width()) {
                    float value = x[input.index(image, y, z, channel)];
                    sum += value;
                    magnitude += Math.abs(value);
                    max = Math.max(max, value);
                    inside++;
                }
            }
        }
        int all = pooling.vertical().size() * pooling.horizontal().size();
        switch (pooling.kind()) {
            case MAX -> assertEquals(max, actual);
            case AVERAGE -> assertWithin(gamma(inside) * magnitude / inside, sum / inside, actual);
            case AVERAGE_WITH_PADDING -> assertWithin(gamma(inside) * magnitude / all, sum / all, actual);
        }
    }

    @Test
    void refusesImagesAndWindowsThatDoNotFit() {
        VectorEngine vector = Engines.of(Implementation.REFERENCE).vector();
        ImageShape shape = new ImageShape(ImageLayout.NHWC, 1, 2, 2, 3);
        float[] three = new float[3];
        float[] twelve = new float[12];
        BatchNorm norm = new BatchNorm(three, three, three, three, 0);
        assertMessage("x must have the 12 elements of 1x2x2x3 NHWC, but has shape 3",
                () -> vector.batchNorm(shape, three, norm, twelve));
        assertMessage("gain must have one element per channel as mean, which has shape 3, but has shape 12",
                () -> new BatchNorm(three, three, twelve, three, 0));
        assertMessage("mean must have one element per channel of 1x2x2x3 NHWC, but has shape 12",
                () -> vector.batchStatistics(shape, twelve, twelve, three));
        assertMessage("vertical padding of 2 and 0 must be less than the window of 2, or windows hold nothing else",
                () -> Pooling2d.square(Pooling2d.Kind.MAX, shape, Window.of(2).withPadding(2, 0)));
        Pooling2d pooling = Pooling2d.square(Pooling2d.Kind.MAX, shape, Window.of(2));
        assertMessage("y must have the 3 elements of 1x1x1x3 NHWC, but has shape 12",
                () -> vector.pool(pooling, twelve, twelve));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static float[] random(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static void assertWithin(double bound, double expected, float actual) {
        double error = Math.abs(actual - expected);
        assertTrue(error <= bound, () -> actual + " is not " + expected + " within " + bound);
    }

    private static double gamma(double k) {
        return k * U / (1 - k * U);
    }

    @Test
    void refusesWindowsOfMoreElementsThanAnInt() {
        ImageShape one = new ImageShape(ImageLayout.NHWC, 1, 1, 1, 1);
        Window wide = Window.of(65536).withPadding(65535, 0);

        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Pooling2d.square(Pooling2d.Kind.AVERAGE_WITH_PADDING, one, wide));
        assertEquals("windows of 65536x65536 are more than the 2147483647 elements of an array", refusal.getMessage());
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Pooling2d;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Pooling where the channels of a pixel are neighbours: a few vectors of channels, over all pixels of a window. */
final class PixelPooling {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PixelPooling() {}

    static void pool(Pooling2d pooling, float[] x, float[] y) {
        ImageShape input = pooling.input();
        ImageShape output = pooling.output();
        for (int image = 0; image < output.batch(); image++) {
            for (int row = 0; row < output.height(); row++) {
                int top = Extent.from(pooling.vertical(), row);
                int rows = Extent.to(pooling.vertical(), row, input.height()) - top;
                for (int column = 0; column < output.width(); column++) {
                    int left = Extent.from(pooling.horizontal(), column);
                    int columns = Extent.to(pooling.horizontal(), column, input.width()) - left;
                    int from = input.index(image, top, left, 0);
                    int to = output.index(image, row, column, 0);
                    if (pooling.kind() == Pooling2d.Kind.MAX) {
                        max(input, x, from, rows, columns, y, to);
                    } else {
                        mean(input, x, from, rows, columns, pooling.divisor(rows, columns), y, to);
                    }
                }
            }
        }
    }

    private static void max(ImageShape input, float[] x, int from, int rows, int columns, float[] y, int to) {
        int channels = input.channels();
        int c = 0;
        for (; c <= channels - 4 * LANES; c += 4 * LANES) {
            FloatVector max0 = FloatVector.fromArray(SPECIES, x, from + c);
            FloatVector max1 = FloatVector.fromArray(SPECIES, x, from + c + LANES);
            FloatVector max2 = FloatVector.fromArray(SPECIES, x, from + c + 2 * LANES);
            FloatVector max3 = FloatVector.fromArray(SPECIES, x, from + c + 3 * LANES);
            for (int i = 0; i < rows; i++) {
                int at = from + c + i * input.width() * channels;
                for (int j = 0; j < columns; j++, at += channels) {
                    max0 = max0.max(FloatVector.fromArray(SPECIES, x, at));
                    max1 = max1.max(FloatVector.fromArray(SPECIES, x, at + LANES));
                    max2 = max2.max(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
                    max3 = max3.max(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
                }
            }
            max0.intoArray(y, to + c);
            max1.intoArray(y, to + c + LANES);
            max2.intoArray(y, to + c + 2 * LANES);
            max3.intoArray(y, to + c + 3 * LANES);
        }
        for (; c < channels; c += LANES) {
            VectorMask<Float> rest = SPECIES.indexInRange(c, channels);
            FloatVector max = FloatVector.fromArray(SPECIES, x, from + c, rest);
            for (int i = 0; i < rows; i++) {
                int at = from + c + i * input.width() * channels;
                for (int j = 0; j < columns; j++, at += channels) {
                    max = max.max(FloatVector.fromArray(SPECIES, x, at, rest));
                }
            }
            max.intoArray(y, to + c, rest);
        }
    }

    private static void mean(
            ImageShape input, float[] x, int from, int rows, int columns, int divisor, float[] y, int to) {
        int channels = input.channels();
        int c = 0;
        for (; c <= channels - 4 * LANES; c += 4 * LANES) {
            FloatVector sum0 = FloatVector.zero(SPECIES);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            for (int i = 0; i < rows; i++) {
                int at = from + c + i * input.width() * channels;
                for (int j = 0; j < columns; j++, at += channels) {
                    sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, at));
                    sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
                    sum2 = sum2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
                    sum3 = sum3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
                }
            }
            sum0.div(divisor).intoArray(y, to + c);
            sum1.div(divisor).intoArray(y, to + c + LANES);
            sum2.div(divisor).intoArray(y, to + c + 2 * LANES);
            sum3.div(divisor).intoArray(y, to + c + 3 * LANES);
        }
        for (; c < channels; c += LANES) {
            VectorMask<Float> rest = SPECIES.indexInRange(c, channels);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = 0; i < rows; i++) {
                int at = from + c + i * input.width() * channels;
                for (int j = 0; j < columns; j++, at += channels) {
                    sum = sum.add(FloatVector.fromArray(SPECIES, x, at, rest));
                }
            }
            sum.div(divisor).intoArray(y, to + c, rest);
        }
    }
}

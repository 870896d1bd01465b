package dev.infermark.kernel.simd;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.ImageShape;

/** Batch normalisation where the pixels of a channel are neighbours: plane after plane. */
final class ChannelPlanes {
    private ChannelPlanes() {}

    static void normalise(ImageShape shape, float[] x, BatchNorm norm, float[] y) {
        int pixels = shape.pixels();
        for (int plane = 0; plane < shape.batch() * shape.channels(); plane++) {
            int channel = plane % shape.channels();
            int at = plane * pixels;
            Scaling.plane(x, at, norm.mean()[channel], norm.factor(channel), norm.bias()[channel], y, at, pixels);
        }
    }

    static void statistics(ImageShape shape, float[] x, float[] mean, float[] variance) {
        int all = shape.batch() * shape.pixels();
        for (int channel = 0; channel < shape.channels(); channel++) {
            float sum = 0;
            for (int image = 0; image < shape.batch(); image++) {
                sum += Sums.of(x, shape.index(image, 0, 0, channel), shape.pixels());
            }
            mean[channel] = sum / all;
            float squares = 0;
            for (int image = 0; image < shape.batch(); image++) {
                squares += Sums.ofSquares(x, shape.index(image, 0, 0, channel), shape.pixels(), mean[channel]);
            }
            variance[channel] = squares / all;
        }
    }
}

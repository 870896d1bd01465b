package dev.infermark.bench;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.VectorEngine;
import java.util.function.Supplier;

/**
 * Images that the Vector engine normalises, and where results go. Each operation returns its result.
 *
 * @param engine whose kernels run
 * @param shape sizes of the images
 * @param x the images
 * @param y the results
 * @param norm statistics and parameters of each channel
 * @param mean results of each channel
 * @param variance results of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // Operands of a benchmark, never compared.
record ImageOperands(
        VectorEngine engine, ImageShape shape, float[] x, float[] y, BatchNorm norm, float[] mean, float[] variance) {
    /** What stands in until the shape is known. */
    static final ImageOperands NONE = of(Engines.of(Implementation.REFERENCE).vector(), "1x1x1x1");

    private static final float EPSILON = 1e-12f;

    /** Images with random elements, all channels of a pixel neighbours; the sizes are those of {@link #shape}. */
    static ImageOperands of(VectorEngine engine, String sizes) {
        ImageShape shape = shape(ImageLayout.NHWC, sizes);
        int channels = shape.channels();
        float[] positive = Inputs.positiveFloats(channels);
        return new ImageOperands(
                engine,
                shape,
                Inputs.floats(shape.elements()),
                new float[shape.elements()],
                new BatchNorm(Inputs.floats(channels), positive, positive, positive, EPSILON),
                new float[channels],
                new float[channels]);
    }

    /** Images×height×width×channels. */
    static ImageShape shape(ImageLayout layout, String shape) {
        int[] sizes = Inputs.sizes(shape);
        return new ImageShape(layout, sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /** A pooling of random images, which gives the result whenever it runs. */
    static Supplier<Object> pooling(VectorEngine engine, Pooling2d pooling) {
        float[] x = Inputs.floats(pooling.input().elements());
        float[] y = new float[pooling.output().elements()];
        return () -> {
            engine.pool(pooling, x, y);
            return y;
        };
    }

    Object batchNorm() {
        engine.batchNorm(shape, x, norm, y);
        return y;
    }

    Object statistics() {
        engine.batchStatistics(shape, x, mean, variance);
        return variance;
    }
}

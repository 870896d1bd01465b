package dev.infermark.kernel;

import dev.infermark.kernel.provider.VectorSupport;

/**
 * Operations whose every result depends on many inputs.
 *
 * <p>The engine computes in FP32 inside: elements of other types are converted before and after. With u =
 * 2<sup>-24</sup>, the bounds are of first order in u. An output that may be an input itself must not overlap it
 * otherwise.
 */
public final class VectorEngine {
    /** How many elements {@link #top8} finds. */
    public static final int TOP = 8;

    private final VectorSupport support;

    VectorEngine(VectorSupport support) {
        this.support = support;
    }

    /**
     * Layer normalisation of each row: y = (x - mean) / sqrt(variance + epsilon) · gain + bias, with the variance over
     * n and not n - 1 (Ba, Kiros and Hinton, Layer Normalization, 2016). Sums are FP32.
     *
     * @param x r×n, only read
     * @param gain n factors, one per column
     * @param bias n summands, one per column
     * @param epsilon not negative; keeps the divisor of constant rows from zero
     * @param y r×n, overwritten; may be {@code x} itself but not overlap it otherwise
     */
    public void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        Arguments.checkPerColumn("gain", gain, x);
        Arguments.checkPerColumn("bias", bias, x);
        Arguments.checkEpsilon(epsilon);
        support.layerNorm(x, gain, bias, epsilon, y);
    }

    /**
     * RMS normalisation of each row: y = x / sqrt(mean of squares + epsilon) · gain (Zhang and Sennrich, Root Mean
     * Square Layer Normalization, 2019), within (n/2 + 6)·u of the exact value while no square overflows.
     *
     * @param x r×n, only read
     * @param gain n factors, one per column
     * @param epsilon not negative; keeps the divisor of rows of zeros from zero
     * @param y r×n, overwritten; may be {@code x} itself but not overlap it otherwise
     */
    public void rmsNorm(Matrix<float[]> x, float[] gain, float epsilon, Matrix<float[]> y) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        Arguments.checkPerColumn("gain", gain, x);
        Arguments.checkEpsilon(epsilon);
        support.rmsNorm(x, gain, epsilon, y);
    }

    /**
     * Batch normalisation by known statistics: y = (x - mean) · gain / sqrt(variance + epsilon) + bias per channel
     * (Ioffe and Szegedy, Batch Normalization, 2015). The error is at most 4·u of the magnitude of the product and u of
     * the result.
     *
     * @param shape of x and y
     * @param x only read
     * @param norm statistics and parameters, one of each per channel
     * @param y overwritten; may be {@code x} itself
     */
    public void batchNorm(ImageShape shape, float[] x, BatchNorm norm, float[] y) {
        checkImages("x", x, shape);
        checkImages("y", y, shape);
        checkChannels("norm", norm.channels(), shape);
        support.batchNorm(shape, x, norm, y);
    }

    /**
     * Mean and variance of each channel over all images and pixels, with the variance over their number and not one
     * less. The mean is within n·u of the mean magnitude, the variance, computed from deviations in a second pass,
     * within (n + 3)·u of itself and what the error of the mean adds to it.
     *
     * @param shape of x
     * @param x only read
     * @param mean overwritten by one element per channel
     * @param variance overwritten by one element per channel
     */
    public void batchStatistics(ImageShape shape, float[] x, float[] mean, float[] variance) {
        checkImages("x", x, shape);
        checkChannels("mean", mean.length, shape);
        checkChannels("variance", variance.length, shape);
        checkDistinct("mean", mean, "variance", variance);
        checkDistinct("mean", mean, "x", x);
        checkDistinct("variance", variance, "x", x);
        support.batchStatistics(shape, x, mean, variance);
    }

    /**
     * Softmax of each row: y = exp(x - max) / Σ exp(x - max), which no finite row overflows.
     *
     * <p>Elements of negative infinity, as masks set them, become 0; a row of nothing else, and one with NaN or
     * positive infinity, becomes NaN. With d = max - x, the relative error is at most (1.1·d + 1.1·ln n + n + 10)·u.
     * Exponentials below 2<sup>-126</sup> may become 0.
     *
     * @param x r×n, only read
     * @param y r×n, overwritten; may be {@code x} itself but not overlap it otherwise
     */
    public void softmax(Matrix<float[]> x, Matrix<float[]> y) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        support.softmax(x, y);
    }

    /**
     * y = alpha · x + y, each element one fused multiply-add, rounded once.
     *
     * @param x r×n, only read
     * @param y r×n, updated; may be {@code x} itself but not overlap it otherwise
     */
    public void axpy(float alpha, Matrix<float[]> x, Matrix<float[]> y) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        support.axpy(alpha, x, y);
    }

    /**
     * y = a operation b, element by element.
     *
     * @param a r×n, only read
     * @param b r×n, only read
     * @param y r×n, overwritten; may be {@code a} or {@code b} itself but not overlap them otherwise
     */
    public void combine(BinaryOperation operation, Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> y) {
        Arguments.checkSameShape("b", b, "a", a);
        Arguments.checkInPlaceOrApart("a", a, "y", y);
        Arguments.checkInPlaceOrApart("b", b, "y", y);
        support.combine(operation, a, b, y);
    }

    /**
     * One number of each row.
     *
     * @param x r×n, only read
     * @param y overwritten by r elements
     */
    public void reduce(Reduction reduction, Matrix<float[]> x, float[] y) {
        Arguments.checkPerRow("y", y.length, "x", x);
        Arguments.checkApart("y", y, "x", x);
        support.reduce(reduction, x, y);
    }

    /**
     * Largest or mean element of each window. Sums are FP32 in no fixed order, so that a mean of k elements is within
     * k·u of their mean magnitude.
     *
     * @param pooling what to compute on which shapes
     * @param x of the shape {@code pooling.input()}, only read
     * @param y of the shape {@code pooling.output()}, overwritten; not {@code x}
     */
    public void pool(Pooling2d pooling, float[] x, float[] y) {
        checkImages("x", x, pooling.input());
        checkImages("y", y, pooling.output());
        checkDistinct("y", y, "x", x);
        support.pool(pooling, x, y);
    }

    /**
     * The eight largest elements of each row, largest first, as the engine's max and max-index instructions find them.
     * Of equal elements that with the lower column comes first; NaN is larger than every number.
     *
     * @param x r×n with n at least 8, only read
     * @param values r×8, overwritten by the elements
     * @param columns r×8, overwritten by where they are
     */
    public void top8(Matrix<float[]> x, Matrix<float[]> values, Matrix<int[]> columns) {
        if (x.columns() < TOP) {
            throw new IllegalArgumentException("x must have at least 8 columns, but is " + x.shape());
        }
        checkTop("values", values, x);
        checkTop("columns", columns, x);
        if (values.overlaps(x)) {
            throw new IllegalArgumentException(
                    "values (" + values.shape() + ") must not overlap x (" + x.shape() + ")");
        }
        support.top8(x, values, columns);
    }

    private static void checkTop(String name, Matrix<?> top, Matrix<?> x) {
        if (top.rows() != x.rows() || top.columns() != TOP) {
            throw new IllegalArgumentException(name + " must be " + x.rows() + "x" + TOP + " for x, which is "
                    + x.shape() + ", but is " + top.shape());
        }
    }

    private static void checkImages(String name, float[] images, ImageShape shape) {
        if (images.length != shape.elements()) {
            throw new IllegalArgumentException(name + " must have the " + shape.elements() + " elements of " + shape
                    + ", but has shape " + images.length);
        }
    }

    private static void checkChannels(String name, int channels, ImageShape shape) {
        if (channels != shape.channels()) {
            throw new IllegalArgumentException(
                    name + " must have one element per channel of " + shape + ", but has shape " + channels);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    private static void checkDistinct(String name, float[] array, String otherName, float[] other) {
        if (array == other) {
            throw new IllegalArgumentException(name + " must not be " + otherName + ", an array of " + other.length);
        }
    }
}

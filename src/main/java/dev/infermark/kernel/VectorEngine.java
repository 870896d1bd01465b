package dev.infermark.kernel;

import dev.infermark.kernel.provider.VectorSupport;

/** Operations whose every result depends on many inputs. */
public final class VectorEngine {
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
        if (y.rows() != x.rows() || y.columns() != x.columns()) {
            throw new IllegalArgumentException("y must have x's shape " + x.shape() + ", but is " + y.shape());
        }
        checkLength("gain", gain, x);
        checkLength("bias", bias, x);
        if (!(epsilon >= 0) || epsilon == Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("epsilon must be finite and not negative, but is " + epsilon);
        }
        if (y.overlaps(x) && !y.equals(x)) {
            throw new IllegalArgumentException(
                    "y (" + y.shape() + ") must be x (" + x.shape() + ") itself or not overlap it");
        }
        support.layerNorm(x, gain, bias, epsilon, y);
    }

    private static void checkLength(String name, float[] perColumn, Matrix<?> x) {
        if (perColumn.length != x.columns()) {
            throw new IllegalArgumentException(name + " must have one element per column of x, which is " + x.shape()
                    + ", but has shape " + perColumn.length);
        }
    }
}

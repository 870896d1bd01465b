package dev.infermark.kernel;

import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.provider.TensorSupport;
import java.lang.reflect.Array;

/**
 * Matrix products: C = A·B with A of m×k, B of k×n and C of m×n, each at least 1, row-major.
 *
 * <p>C is overwritten and must not overlap A or B, which are only read. Sums are formed in an order that depends on the
 * implementation and the host's vectors. For any order, each FP32 element differs from the exact one by at most
 * γ(k)·Σ|a||b| with γ(k) = k·u/(1 - k·u) and u = 2<sup>-24</sup> (Higham, Accuracy and Stability of Numerical
 * Algorithms, section 3.1), as long as no product underflows. Infinities and NaNs spread as IEEE 754 has it.
 */
public final class TensorEngine {
    private final TensorSupport support;
    private final ConvolutionSupport convolutions;

    TensorEngine(TensorSupport support, ConvolutionSupport convolutions) {
        this.support = support;
        this.convolutions = convolutions;
    }

    /** C = A·B in FP32. */
    public void matmulFp32(Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> c) {
        check(a, b, c);
        support.matmulFp32(a, b, c);
    }

    /** C = A·B of BF16 codes, with FP32 products, which are exact, and FP32 sums. */
    public void matmulBf16(Matrix<short[]> a, Matrix<short[]> b, Matrix<float[]> c) {
        check(a, b, c);
        support.matmulBf16(a, b, c);
    }

    /** C = A·B of INT8 with INT32 sums: exact up to k = 131071; beyond, sums may wrap around as Java's do. */
    public void matmulInt8(Matrix<byte[]> a, Matrix<byte[]> b, Matrix<int[]> c) {
        check(a, b, c);
        support.matmulInt8(a, b, c);
    }

    /**
     * Prepares a convolution, which is a cross-correlation as in every framework, to run many times.
     *
     * <p>Padding takes part in sums as zeros. Each FP32 result differs from the exact one by at most γ(k)·Σ|a||b| with
     * k the {@linkplain Convolution2d#depth depth}, as for a product. Integer results are exact as long as they fit
     * INT32.
     *
     * @param filters as {@link Convolution2d} has them; they are copied
     */
    public <T, R> ConvolutionPlan<T, R> conv2d(Convolution2d convolution, OperandType<T, R> type, T filters) {
        int length = convolution.filters() * convolution.depth();
        if (Array.getLength(filters) < length) {
            throw new IllegalArgumentException("filters of " + convolution.filterShape() + " take " + length
                    + " elements, but their array holds " + Array.getLength(filters) + " (input " + convolution.input()
                    + ")");
        }
        return new ConvolutionPlan<>(convolution, convolutions.prepare(convolution, type, filters));
    }

    private static void check(Matrix<?> a, Matrix<?> b, Matrix<?> c) {
        if (a.columns() != b.rows()) {
            throw new IllegalArgumentException(
                    "b must have as many rows as a has columns: a is " + a.shape() + ", b is " + b.shape());
        }
        if (c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("c must be " + a.rows() + "x" + b.columns() + " for a of " + a.shape()
                    + " and b of " + b.shape() + ", but is " + c.shape());
        }
        if (c.overlaps(a) || c.overlaps(b)) {
            throw new IllegalArgumentException("c (" + c.shape() + ") must not overlap "
                    + (c.overlaps(a) ? "a (" + a.shape() + ")" : "b (" + b.shape() + ")"));
        }
    }
}

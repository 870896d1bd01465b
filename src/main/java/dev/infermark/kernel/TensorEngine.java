package dev.infermark.kernel;

import dev.infermark.kernel.provider.TensorSupport;

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

    TensorEngine(TensorSupport support) {
        this.support = support;
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

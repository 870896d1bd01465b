package dev.infermark.kernel.provider;

import dev.infermark.kernel.Matrix;

/** What {@link dev.infermark.kernel.TensorEngine} leaves to a provider. */
public interface TensorSupport {
    /** C = A·B in FP32. */
    void matmulFp32(Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> c);

    /** C = A·B of BF16 codes, accumulated in FP32. */
    void matmulBf16(Matrix<short[]> a, Matrix<short[]> b, Matrix<float[]> c);

    /** C = A·B of INT8, accumulated in INT32. */
    void matmulInt8(Matrix<byte[]> a, Matrix<byte[]> b, Matrix<int[]> c);
}

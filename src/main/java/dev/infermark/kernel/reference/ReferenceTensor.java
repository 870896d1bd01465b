package dev.infermark.kernel.reference;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.provider.TensorSupport;
import java.util.Arrays;

/** c(i,j) = Σ a(i,p)·b(p,j), each sum in the order of p, row by row so that memory is read as it lies. */
final class ReferenceTensor implements TensorSupport {
    @Override
    public void matmulFp32(Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> c) {
        for (int i = 0; i < c.rows(); i++) {
            Arrays.fill(c.data(), c.row(i), c.row(i) + c.columns(), 0);
            for (int p = 0; p < a.columns(); p++) {
                for (int j = 0; j < c.columns(); j++) {
                    c.data()[c.row(i) + j] += a.data()[a.row(i) + p] * b.data()[b.row(p) + j];
                }
            }
        }
    }

    @Override
    public void matmulBf16(Matrix<short[]> a, Matrix<short[]> b, Matrix<float[]> c) {
        for (int i = 0; i < c.rows(); i++) {
            Arrays.fill(c.data(), c.row(i), c.row(i) + c.columns(), 0);
            for (int p = 0; p < a.columns(); p++) {
                for (int j = 0; j < c.columns(); j++) {
                    c.data()[c.row(i) + j] += fromBf16(a.data()[a.row(i) + p]) * fromBf16(b.data()[b.row(p) + j]);
                }
            }
        }
    }

    @Override
    public void matmulInt8(Matrix<byte[]> a, Matrix<byte[]> b, Matrix<int[]> c) {
        for (int i = 0; i < c.rows(); i++) {
            Arrays.fill(c.data(), c.row(i), c.row(i) + c.columns(), 0);
            for (int p = 0; p < a.columns(); p++) {
                for (int j = 0; j < c.columns(); j++) {
                    c.data()[c.row(i) + j] += a.data()[a.row(i) + p] * b.data()[b.row(p) + j];
                }
            }
        }
    }

    private static float fromBf16(short code) {
        return Float.intBitsToFloat(code << Short.SIZE);
    }
}

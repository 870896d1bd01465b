package dev.infermark.kernel.provider;

import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;

/** What {@link dev.infermark.kernel.TensorEngine} leaves to a provider. */
public interface TensorSupport {
    /** Computes C = A·B whenever it runs, which it does once at a time. */
    <R> Runnable prepare(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options);

    /** to(j, i) = from(i, j), of {@code rows} rows of {@code columns} in {@code from}, each a stride from the next. */
    void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride);

    /** As for {@code float[]}. */
    void transpose(
            int[] from, int fromOffset, int fromStride, int rows, int columns, int[] to, int toOffset, int toStride);

    /** As for {@code float[]}. */
    void transpose(
            short[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            short[] to,
            int toOffset,
            int toStride);

    /** As for {@code float[]}. */
    void transpose(
            byte[] from, int fromOffset, int fromStride, int rows, int columns, byte[] to, int toOffset, int toStride);
}

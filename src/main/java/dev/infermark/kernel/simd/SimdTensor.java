package dev.infermark.kernel.simd;

import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.provider.TensorSupport;

/** All types go through the same FP32 matmuls; they differ in how elements are widened and results stored. */
final class SimdTensor implements TensorSupport {
    private final ObjectPool<VectorMatmul> vectorMatmuls = new ObjectPool<>(VectorMatmul::new);
    private final ObjectPool<BlockedMatmul> matmuls = new ObjectPool<>(BlockedMatmul::new);

    @Override
    public <R> Runnable prepare(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        Matmul<R> matmul = Matmul.of(a, b, c, options);
        int threads = options.threads();
        if (VectorMatmul.suits(matmul)) {
            return new SharedWork(VectorMatmul.units(matmul), 1, threads, vectorMatmuls, (worker, queue) ->
                    worker.multiply(matmul, queue));
        }
        MatmulGrid grid = MatmulGrid.of(matmul);
        return new SharedWork(grid.units(), grid.unitsOfPanel(), threads, matmuls, (worker, queue) ->
                worker.multiply(matmul, grid, queue));
    }

    @Override
    public void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        Transposer.transpose(from, fromOffset, fromStride, rows, columns, to, toOffset, toStride);
    }

    @Override
    public void transpose(
            int[] from, int fromOffset, int fromStride, int rows, int columns, int[] to, int toOffset, int toStride) {
        Transposer.transpose(from, fromOffset, fromStride, rows, columns, to, toOffset, toStride);
    }

    @Override
    public void transpose(
            short[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            short[] to,
            int toOffset,
            int toStride) {
        Transposer.transpose(from, fromOffset, fromStride, rows, columns, to, toOffset, toStride);
    }

    @Override
    public void transpose(
            byte[] from, int fromOffset, int fromStride, int rows, int columns, byte[] to, int toOffset, int toStride) {
        Transposer.transpose(from, fromOffset, fromStride, rows, columns, to, toOffset, toStride);
    }
}

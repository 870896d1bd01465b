package dev.infermark.kernel.simd;

import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.provider.TensorSupport;

/** All types go through the same FP32 products; they differ in how elements are widened and results stored. */
final class SimdTensor implements TensorSupport {
    private final Pool<VectorProduct> vectorProducts = new Pool<>(VectorProduct::new);
    private final Pool<BlockedMatmul> matmuls = new Pool<>(BlockedMatmul::new);

    @Override
    public <R> Runnable prepare(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        Product<R> product = Product.of(a, b, c, options);
        int threads = options.threads();
        if (VectorProduct.suits(product)) {
            return new SharedWork(VectorProduct.units(product), 1, threads, vectorProducts, (worker, queue) ->
                    worker.multiply(product, queue));
        }
        MatmulGrid grid = MatmulGrid.of(product);
        return new SharedWork(grid.units(), grid.unitsOfPanel(), threads, matmuls, (worker, queue) ->
                worker.multiply(product, grid, queue));
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

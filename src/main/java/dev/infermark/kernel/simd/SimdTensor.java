package dev.infermark.kernel.simd;

import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.provider.TensorSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All types go through the same FP32 products; they differ in how elements are widened and results stored. */
final class SimdTensor implements TensorSupport {
    private final Pool<VectorProduct> vectorProducts = new Pool<>(VectorProduct::new);
    private final Pool<BlockedMatmul> matmuls = new Pool<>(BlockedMatmul::new);

    @Override
    public <R> void matmul(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        Product<R> product = Product.of(a, b, c, options);
        if (VectorProduct.suits(product)) {
            share(VectorProduct.units(product), options.threads(), queue ->
                    vectorProducts.lend(worker -> worker.multiply(product, queue)));
        } else {
            MatmulGrid grid = MatmulGrid.of(product);
            share(grid.units(), options.threads(), queue ->
                    matmuls.lend(worker -> worker.multiply(product, grid, queue)));
        }
    }

    private static void share(int units, int mostThreads, Consumer<UnitQueue> work) {
        int threads = Math.min(mostThreads, units);
        UnitQueue queue = new UnitQueue(units, threads);
        if (threads == 1) {
            work.accept(queue);
        } else {
            Tasks.run(Stream.<Runnable>generate(() -> () -> work.accept(queue)).limit(threads));
        }
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

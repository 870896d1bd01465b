package dev.infermark.kernel.simd;

import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.provider.TensorSupport;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/** All types go through the same FP32 products; they differ in how elements are widened and results stored. */
final class SimdTensor implements TensorSupport {
    private final Pool<VectorProduct> vectorProducts = new Pool<>(VectorProduct::new);
    private final Pool<BlockedMatmul> matmuls = new Pool<>(BlockedMatmul::new);

    @Override
    public <R> void matmul(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        Product<R> product = Product.of(a, b, c, options);
        int products = options.batch().count();
        if (options.threads() == 1) {
            multiply(product, new Part(0, products, 0, c.rows(), 0, c.columns()));
            return;
        }
        List<Part> parts = Parts.of(options.threads(), products, c.rows(), c.columns(), BlockedMatmul.columnUnit());
        ForkJoinTask.invokeAll(parts.stream()
                .map(part -> ForkJoinTask.adapt(() -> multiply(product, part)))
                .toList());
    }

    private void multiply(Product<?> product, Part part) {
        if (VectorProduct.suits(product)) {
            vectorProducts.lend(worker -> worker.multiply(product, part));
        } else {
            matmuls.lend(worker -> worker.multiply(product, part));
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

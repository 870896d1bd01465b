package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.provider.TensorSupport;

/** All types go through one blocked FP32 product; they differ in how elements are widened and results stored. */
final class SimdTensor implements TensorSupport {
    private final ThreadLocal<BlockedMatmul> matmul = ThreadLocal.withInitial(BlockedMatmul::new);

    @Override
    public void matmulFp32(Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> c) {
        matmul.get().multiply(Operand.FP32, a, b, Sink.FP32, c);
    }

    @Override
    public void matmulBf16(Matrix<short[]> a, Matrix<short[]> b, Matrix<float[]> c) {
        matmul.get().multiply(Operand.BF16, a, b, Sink.FP32, c);
    }

    /** Integers of one K block stay below 512·2^14 = 2^23, where FP32 is exact; blocks are added up in INT32. */
    @Override
    public void matmulInt8(Matrix<byte[]> a, Matrix<byte[]> b, Matrix<int[]> c) {
        matmul.get().multiply(Operand.INT8, a, b, Sink.INT32, c);
    }
}

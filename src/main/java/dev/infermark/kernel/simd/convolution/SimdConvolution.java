package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.OperandType;
import dev.infermark.kernel.provider.ConvolutionSupport;

/** All types go through one FP32 product of windows and packed filters; they differ in how elements are widened. */
public final class SimdConvolution implements ConvolutionSupport {
    @Override
    public <T, R> Kernel<T, R> prepare(Convolution2d convolution, OperandType<T, R> type, T filters) {
        float[] widened = new float[convolution.filters() * convolution.depth()];
        type.widening().widen(filters, 0, widened, 0, widened.length);
        return new TiledConvolution<>(Tiling.of(convolution, type.fp32Terms(), widened), type);
    }
}

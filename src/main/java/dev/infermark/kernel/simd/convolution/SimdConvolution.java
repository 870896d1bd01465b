package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.simd.Widening;

/** All types go through one FP32 matmul of windows and packed filters; they differ in how elements are widened. */
public final class SimdConvolution implements ConvolutionSupport {
    @Override
    public <T, R> Kernel<T, R> prepare(Convolution2d convolution, Element<T, R> element, T filters) {
        float[] widened = new float[convolution.filters() * convolution.depth()];
        Widening.of(element).widen(filters, 0, 0, 1, widened.length, widened, 0, 0);
        return new TiledConvolution<>(Tiling.of(convolution, element, widened), element);
    }
}

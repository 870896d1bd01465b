package dev.infermark.kernel.simd;

import dev.infermark.kernel.provider.ConverterSupport;
import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.provider.GpsimdSupport;
import dev.infermark.kernel.provider.KernelProvider;
import dev.infermark.kernel.provider.ScalarSupport;
import dev.infermark.kernel.provider.TensorSupport;
import dev.infermark.kernel.provider.VectorSupport;
import dev.infermark.kernel.simd.convolution.SimdConvolution;

/** Kernels on the Vector API, as wide as the host's vectors. */
public final class SimdProvider implements KernelProvider {
    @Override
    public TensorSupport tensor() {
        return new SimdTensor();
    }

    @Override
    public ConvolutionSupport convolution() {
        return new SimdConvolution();
    }

    @Override
    public VectorSupport vector() {
        return new SimdVector();
    }

    @Override
    public ScalarSupport scalar() {
        return new SimdScalar();
    }

    @Override
    public GpsimdSupport gpsimd() {
        return new SimdGpsimd();
    }

    @Override
    public ConverterSupport converter() {
        return new SimdConverter();
    }
}

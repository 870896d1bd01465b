package dev.infermark.kernel.reference;

import dev.infermark.kernel.provider.ConverterSupport;
import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.provider.GpsimdSupport;
import dev.infermark.kernel.provider.KernelProvider;
import dev.infermark.kernel.provider.ScalarSupport;
import dev.infermark.kernel.provider.TensorSupport;
import dev.infermark.kernel.provider.VectorSupport;

/** Kernels that read like their formula. */
public final class ReferenceProvider implements KernelProvider {
    @Override
    public TensorSupport tensor() {
        return new ReferenceTensor();
    }

    @Override
    public ConvolutionSupport convolution() {
        return new ReferenceConvolution();
    }

    @Override
    public VectorSupport vector() {
        return new ReferenceVector();
    }

    @Override
    public ScalarSupport scalar() {
        return new ReferenceScalar();
    }

    @Override
    public GpsimdSupport gpsimd() {
        return new ReferenceGpsimd();
    }

    @Override
    public ConverterSupport converter() {
        return new ReferenceConverter();
    }
}

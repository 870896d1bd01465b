package dev.infermark.kernel.provider;

/** One implementation of every engine's kernels; arguments come checked. */
public interface KernelProvider {
    /** Kernels of the Tensor engine. */
    TensorSupport tensor();

    /** Convolutions of the Tensor engine. */
    ConvolutionSupport convolution();

    /** Kernels of the Vector engine. */
    VectorSupport vector();

    /** Kernels of the Scalar engine. */
    ScalarSupport scalar();

    /** Instructions of a GPSIMD processor. */
    GpsimdSupport gpsimd();

    /** Conversion of data types. */
    ConverterSupport converter();
}

package dev.infermark.kernel;

import dev.infermark.kernel.provider.KernelProvider;
import dev.infermark.kernel.provider.ProviderLookup;

/**
 * The four engines of a NeuronCore and the conversion of data types, computing on this host.
 *
 * @param implementation how the kernels are written
 * @param tensor matmuls
 * @param vector operations whose every result depends on many inputs
 * @param scalar functions of one element
 * @param gpsimd custom operators
 * @param converter from and to FP32
 */
public record Engines(
        Implementation implementation,
        TensorEngine tensor,
        VectorEngine vector,
        ScalarEngine scalar,
        GpsimdEngine gpsimd,
        Converter converter) {

    /**
     * The fastest kernels of this JVM; chosen once, with a warning that names the flag where SIMD is missing. Matmuls
     * and convolutions are faster still where {@code --enable-native-access} lets them find where cache lines start.
     */
    public static Engines best() {
        return Best.ENGINES;
    }

    /**
     * Kernels of the given kind.
     *
     * @throws dev.infermark.base.UserError if SIMD kernels are asked for in a JVM without the Vector API
     */
    public static Engines of(Implementation implementation) {
        return over(implementation, ProviderLookup.provider(implementation));
    }

    private static Engines over(Implementation implementation, KernelProvider provider) {
        return new Engines(
                implementation,
                new TensorEngine(provider.tensor(), provider.convolution()),
                new VectorEngine(provider.vector()),
                new ScalarEngine(provider.scalar()),
                new GpsimdEngine(provider.gpsimd()),
                new Converter(provider.converter()));
    }

    private static final class Best {
        private static final Engines ENGINES = of(ProviderLookup.best());
    }
}

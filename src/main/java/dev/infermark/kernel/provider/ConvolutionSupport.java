package dev.infermark.kernel.provider;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;

/** What {@link dev.infermark.kernel.TensorEngine} leaves to a provider of convolutions. */
public interface ConvolutionSupport {
    /** Prepares a convolution with these filters, which are copied. */
    <T, R> Kernel<T, R> prepare(Convolution2d convolution, Element<T, R> element, T filters);

    /**
     * A convolution whose filters are known.
     *
     * @param <T> the array of inputs
     * @param <R> the array of results
     */
    interface Kernel<T, R> {
        /** Convolves on at most so many threads: the caller's and those of the common pool. */
        void run(T input, R output, int threads);
    }
}

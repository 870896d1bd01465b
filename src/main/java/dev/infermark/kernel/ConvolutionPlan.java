package dev.infermark.kernel;

import dev.infermark.kernel.provider.ConvolutionSupport;
import java.lang.reflect.Array;

/**
 * A convolution with its filters, ready to run many times; {@link TensorEngine#conv2d} makes one.
 *
 * <p>It owns buffers, so one call at a time may use it. The input is only read and must not be the output, which is
 * overwritten; both start with their arrays. The result is the same, to the bit, on one thread and on many.
 *
 * @param <T> the array of inputs
 * @param <R> the array of results
 */
public final class ConvolutionPlan<T, R> {
    private final Convolution2d convolution;
    private final ImageShape outputs;
    private final ConvolutionSupport.Kernel<T, R> kernel;

    ConvolutionPlan(Convolution2d convolution, ConvolutionSupport.Kernel<T, R> kernel) {
        this.convolution = convolution;
        this.outputs = convolution.output();
        this.kernel = kernel;
    }

    /** What is computed. */
    public Convolution2d convolution() {
        return convolution;
    }

    /** Convolves a batch of images on the calling thread. */
    public void run(T input, R output) {
        run(input, output, 1);
    }

    /**
     * Convolves a batch of images.
     *
     * @param threads most threads to use, at least 1: the caller's and those of {@link
     *     java.util.concurrent.ForkJoinPool#commonPool()}
     */
    public void run(T input, R output, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        check(input, output);
        kernel.run(input, output, threads);
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    private void check(T input, R output) {
        if (Array.getLength(input) < convolution.input().elements()) {
            throw tooShort("input", convolution.input(), Array.getLength(input));
        }
        if (Array.getLength(output) < outputs.elements()) {
            throw tooShort("output", outputs, Array.getLength(output));
        }
        if ((Object) input == output) {
            throw new IllegalArgumentException("output (" + outputs
                    + ") must be another array than input (" + convolution.input() + ")");
        }
    }

    private IllegalArgumentException tooShort(String name, ImageShape shape, int length) {
        return new IllegalArgumentException(name + " of " + shape + " takes " + shape.elements()
                + " elements, but its array holds " + length + " (convolution of " + convolution.input()
                + " with filters " + convolution.filterShape() + ")");
    }
}

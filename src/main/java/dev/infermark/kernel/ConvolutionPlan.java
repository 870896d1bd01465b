package dev.infermark.kernel;

import dev.infermark.kernel.provider.ConvolutionSupport;
import java.lang.reflect.Array;
import java.util.concurrent.ForkJoinPool;

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
    private final ConvolutionSupport.Kernel<T, R> kernel;

    ConvolutionPlan(Convolution2d convolution, ConvolutionSupport.Kernel<T, R> kernel) {
        this.convolution = convolution;
        this.kernel = kernel;
    }

    /** What is computed. */
    public Convolution2d convolution() {
        return convolution;
    }

    /** Convolves a batch of images on the calling thread. */
    public void run(T input, R output) {
        check(input, output);
        kernel.run(input, output);
    }

    /** Convolves a batch of images on the threads of a pool. */
    public void run(T input, R output, ForkJoinPool pool) {
        check(input, output);
        kernel.run(input, output, pool);
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    private void check(T input, R output) {
        if (Array.getLength(input) < convolution.input().elements()) {
            throw tooShort("input", convolution.input(), Array.getLength(input));
        }
        if (Array.getLength(output) < convolution.output().elements()) {
            throw tooShort("output", convolution.output(), Array.getLength(output));
        }
        if ((Object) input == output) {
            throw new IllegalArgumentException("output (" + convolution.output()
                    + ") must be another array than input (" + convolution.input() + ")");
        }
    }

    private IllegalArgumentException tooShort(String name, ImageShape shape, int length) {
        return new IllegalArgumentException(name + " of " + shape + " takes " + shape.elements()
                + " elements, but its array holds " + length + " (convolution of " + convolution.input()
                + " with filters " + convolution.filterShape() + ")");
    }
}

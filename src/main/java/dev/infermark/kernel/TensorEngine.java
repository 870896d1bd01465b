package dev.infermark.kernel;

import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.provider.TensorSupport;
import java.lang.reflect.Array;

/** Matmuls, and new orders of a tensor's elements. */
public final class TensorEngine {
    private final TensorSupport support;
    private final ConvolutionSupport convolutions;

    TensorEngine(TensorSupport support, ConvolutionSupport convolutions) {
        this.support = support;
        this.convolutions = convolutions;
    }

    /** {@link #matmul(Operand, Operand, Matrix, MatmulOptions)} in the fastest order, on the caller's thread. */
    public <R> void matmul(Operand<?, R> a, Operand<?, R> b, Matrix<R> c) {
        matmul(a, b, c, MatmulOptions.FAST);
    }

    /**
     * C = A·B with A of m×k, B of k×n and C of m×n, each at least 1; C is overwritten and must not overlap A or B.
     *
     * <p>Floating point: products and sums are FP32's. In any order of accumulation, each element differs from the
     * exact one by at most γ(k)·Σ|a||b| with γ(k) = k·u/(1 - k·u) and u = 2<sup>-24</sup> (Higham, Accuracy and
     * Stability of Numerical Algorithms, section 3.1), as long as no product underflows. Infinities and NaNs spread as
     * IEEE 754 has it.
     *
     * <p>Integers, signed and unsigned in any mixture: sums are INT32's and wrap around as Java's do, which none can up
     * to k = 131071 for two of INT8, 65793 for one of them and 33025 for none.
     */
    public <R> void matmul(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        plan(a, b, c, options).run();
    }

    /** Prepares {@link #matmul(Operand, Operand, Matrix, MatmulOptions)} of these matrices, to run many times. */
    public <R> MatmulPlan plan(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        if (a.columns() != b.rows()) {
            throw new IllegalArgumentException(
                    "b must have as many rows as a has columns: a is " + a.shape() + ", b is " + b.shape());
        }
        if (c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("c must be " + a.rows() + "x" + b.columns() + " for a of " + a.shape()
                    + " and b of " + b.shape() + ", but is " + c.shape());
        }
        checkBatch(a, b, c, options.batch());
        return new MatmulPlan(support.prepare(a, b, c, options));
    }

    private static void checkBatch(Operand<?, ?> a, Operand<?, ?> b, Matrix<?> c, Batch batch) {
        int last = batch.count() - 1;
        long aReach = reach("a", a.matrix(), batch.aStride(), last);
        long bReach = reach("b", b.matrix(), batch.bStride(), last);
        long cReach = reach("c", c, batch.cStride(), last);
        if (last > 0 && batch.cStride() < c.extent()) {
            throw new IllegalArgumentException("the stride " + batch.cStride() + " of c (" + c.shape()
                    + ") must be at least the " + c.extent() + " elements from its first to its last");
        }
        if (c.overlaps(cReach, a.matrix(), aReach)) {
            throw new IllegalArgumentException("c (" + c.shape() + ") must not overlap a (" + a.shape() + ")");
        }
        if (c.overlaps(cReach, b.matrix(), bReach)) {
            throw new IllegalArgumentException("c (" + c.shape() + ") must not overlap b (" + b.shape() + ")");
        }
    }

    /** How many elements the matrices of a batch span, having checked that their array holds them. */
    private static long reach(String name, Matrix<?> first, int stride, int last) {
        long reach = (long) last * stride + first.extent();
        if (first.offset() + reach > first.length()) {
            throw new IllegalArgumentException(name + ", " + (last + 1) + " matrices of " + first.shape()
                    + " with stride " + stride + ", takes elements " + first.offset() + " to "
                    + (first.offset() + reach) + " of an array of " + first.length());
        }
        return reach;
    }

    /**
     * Prepares a convolution, which is a cross-correlation as in every framework, to run many times.
     *
     * <p>Padding takes part in sums as zeros. Each FP32 result differs from the exact one by at most γ(k)·Σ|a||b| with
     * k the {@linkplain Convolution2d#depth depth}, as for a matmul. Integer results are exact as long as they fit
     * INT32.
     *
     * @param element of images and filters
     * @param filters as {@link Convolution2d} has them; they are copied
     */
    public <T, R> ConvolutionPlan<T, R> conv2d(Convolution2d convolution, Element<T, R> element, T filters) {
        int length = convolution.filters() * convolution.depth();
        if (Array.getLength(filters) < length) {
            throw new IllegalArgumentException("filters of " + convolution.filterShape() + " take " + length
                    + " elements, but their array holds " + Array.getLength(filters) + " (input " + convolution.input()
                    + ")");
        }
        return new ConvolutionPlan<>(convolution, convolutions.prepare(convolution, element, filters));
    }

    /**
     * to(j, i) = from(i, j); {@code to} is overwritten and must not overlap {@code from}.
     *
     * @param <T> {@code float[]}, {@code int[]}, {@code short[]} or {@code byte[]}
     */
    public <T> void transpose(Matrix<T> from, Matrix<T> to) {
        if (to.rows() != from.columns() || to.columns() != from.rows()) {
            throw new IllegalArgumentException("to must be " + from.columns() + "x" + from.rows() + " for from of "
                    + from.shape() + ", but is " + to.shape());
        }
        if (to.overlaps(from)) {
            throw new IllegalArgumentException(
                    "to (" + to.shape() + ") must not overlap from (" + from.shape() + ")");
        }
        new Permutation(support)
                .transpose(
                        from.data(),
                        from.offset(),
                        from.leadingDimension(),
                        from.rows(),
                        from.columns(),
                        to.data(),
                        to.offset(),
                        to.leadingDimension());
    }

    /**
     * Permutes the axes of a dense tensor: axis {@code d} of {@code to} is axis {@code axes[d]} of {@code from}.
     *
     * @param <T> {@code float[]}, {@code int[]}, {@code short[]} or {@code byte[]}
     * @param from the last axis varies fastest
     * @param sizes of the axes of {@code from}, each at least 1
     * @param axes each axis of {@code from} once
     * @param to overwritten; another array than {@code from}
     */
    public <T> void permute(T from, int[] sizes, int[] axes, T to) {
        new Permutation(support).permute(from, sizes, axes, to);
    }

    /** The same elements in the same order as a matrix of another shape: a view, nothing is copied. */
    public <T> Matrix<T> reshape(Matrix<T> from, int rows, int columns) {
        if ((long) rows * columns != (long) from.rows() * from.columns()) {
            throw new IllegalArgumentException("from of " + from.shape() + " has another number of elements than "
                    + rows + "x" + columns);
        }
        if (from.rows() > 1 && from.leadingDimension() != from.columns()) {
            throw new IllegalArgumentException("from of " + from.shape() + " has leadingDimension "
                    + from.leadingDimension() + ": a view of " + rows + "x" + columns + " needs rows without gaps");
        }
        return new Matrix<>(from.data(), from.offset(), rows, columns, columns);
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Accumulation;
import dev.infermark.kernel.Batch;
import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;

/**
 * What is to be multiplied, and along which steps of k.
 *
 * @param depth of k
 * @param blockDepth most of k in one block of packed operands
 * @param tileDepth most of k that is summed before it is added to the result
 */
record Product<R>(
        OperandReader<?> a,
        OperandReader<?> b,
        Matrix<R> c,
        Batch batch,
        Accumulation accumulation,
        int depth,
        int blockDepth,
        int tileDepth) {
    private static final int MOST_FP32_DEPTH = 512;
    /** FP32 holds every integer up to here. */
    private static final int EXACT = 1 << Float.PRECISION;

    static <R> Product<R> of(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        int depth = a.columns();
        OperandReader<?> left = new OperandReader<>(a);
        OperandReader<?> right = new OperandReader<>(b);
        if (c.data() instanceof int[]) {
            int block = balanced(depth, exactDepth(a, b), 1);
            return new Product<>(left, right, c, options.batch(), options.accumulation(), depth, block, block);
        }
        return switch (options.accumulation()) {
            case FAST -> {
                int block = balanced(depth, MOST_FP32_DEPTH, 1);
                yield new Product<>(left, right, c, options.batch(), options.accumulation(), depth, block, block);
            }
            case PSUM -> {
                int block = balanced(depth, MOST_FP32_DEPTH, Accumulation.TILE);
                yield new Product<>(left, right, c, options.batch(), options.accumulation(), depth, block, Accumulation.TILE);
            }
        };
    }

    /** Steps of k for which sums of products of any two integers of the types are integers that FP32 holds. */
    private static int exactDepth(Operand<?, ?> a, Operand<?, ?> b) {
        int largest = IntegerWidening.magnitude(a.element()) * IntegerWidening.magnitude(b.element());
        return Math.min(RegisterTile.DEPTH, EXACT / largest);
    }

    /** Parts of equal size, a multiple of the unit, that are as few as {@code most} allows. */
    static int balanced(int size, int most, int unit) {
        int parts = Math.ceilDiv(size, most);
        return Math.ceilDiv(Math.ceilDiv(size, parts), unit) * unit;
    }
}

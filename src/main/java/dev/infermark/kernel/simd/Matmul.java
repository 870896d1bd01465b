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
 * @param blockDepth most of k in a packed panel
 * @param tileDepth most of k that is summed before it is added to the result
 */
record Matmul<R>(
        OperandReader<?> a,
        OperandReader<?> b,
        Matrix<R> c,
        Batch batch,
        Accumulation accumulation,
        int depth,
        int blockDepth,
        int tileDepth) {
    /** FP32 holds every integer up to here. */
    private static final int EXACT = 1 << Float.PRECISION;

    static <R> Matmul<R> of(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        int depth = a.columns();
        boolean exact = c.data() instanceof int[];
        boolean ordered = !exact && options.accumulation() == Accumulation.PSUM;
        int block = balanced(depth, exact ? exactDepth(a, b) : RegisterTile.DEPTH, ordered ? Accumulation.TILE : 1);
        return new Matmul<>(
                new OperandReader<>(a),
                new OperandReader<>(b),
                c,
                options.batch(),
                options.accumulation(),
                depth,
                block,
                ordered ? Accumulation.TILE : block);
    }

    /** Steps of k for which sums of matmuls of any two integers of the types are integers that FP32 holds. */
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

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax row by row: the exponentials and their sum, then the division.
 *
 * <p>Beside the exponentials of a row goes the search for the maximum of the row after the next, whose elements so
 * arrive from memory while there is much to compute, and whose maximum no exponential waits for.
 *
 * <p>Maxima are found in the bits, since integers compare in one instruction: the largest, or the least where all are
 * negative, for which whole vectors are searched again. NaN is the maximum or reaches the sum by itself.
 *
 * <p>What is left of a row after whole vectors goes one by one but for the exponentials: masks would make the methods
 * larger than the JIT compiler inlines, and then it keeps vectors in memory.
 */
final class SoftmaxRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** The maximum of no elements, as bits. */
    private static final int NOTHING = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);

    /** Not a constant, and therefore not inlined where it hardly runs: see {@link LoopCopies}. */
    private final MethodHandle max = LoopCopies.method(
            MethodHandles.lookup(),
            "max",
            MethodType.methodType(float.class, float[].class, int.class, int.class));

    void rows(Matrix<float[]> x, Matrix<float[]> y) {
        int n = x.columns();
        int last = x.rows() - 1;
        float max = maxApart(x.data(), x.row(0), n);
        float nextMax = maxApart(x.data(), x.row(Math.min(1, last)), n);
        for (int i = 0; i <= last; i++) {
            int ahead = x.row(Math.min(i + 2, last));
            float aheadMax = row(x.data(), x.row(i), max, ahead, y.data(), y.row(i), n);
            max = nextMax;
            nextMax = aheadMax;
        }
    }

    /** The softmax of a row whose maximum is known; gives the maximum of another. */
    private float row(float[] x, int xOffset, float max, int ahead, float[] y, int yOffset, int n) {
        FloatVector sums = FloatVector.zero(SPECIES);
        FloatVector maxima = FloatVector.broadcast(SPECIES, max);
        IntVector largest = IntVector.broadcast(INTS, NOTHING);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector exp = Exponential.ofNegative(
                    FloatVector.fromArray(SPECIES, x, xOffset + j).sub(maxima));
            largest = largest.max(bits(x, ahead + j));
            sums = sums.add(exp);
            exp.intoArray(y, yOffset + j);
        }
        float sum = sums.reduceLanes(VectorOperators.ADD);
        int bits = largest.reduceLanes(VectorOperators.MAX);
        float aheadMax = bits >= 0 ? Float.intBitsToFloat(bits) : maxApart(x, ahead, j);
        if (j < n) {
            aheadMax = Math.max(aheadMax, maxApart(x, ahead + j, n - j));
            sum += lastExponentials(x, xOffset + j, max, y, yOffset + j, n - j);
        }
        scale(y, yOffset, n, 1 / sum);
        return aheadMax;
    }

    private static float lastExponentials(float[] x, int xOffset, float max, float[] y, int yOffset, int n) {
        VectorMask<Float> inRow = SPECIES.indexInRange(0, n);
        FloatVector exp = Exponential.ofNegative(
                FloatVector.fromArray(SPECIES, x, xOffset, inRow).sub(max));
        exp.intoArray(y, yOffset, inRow);
        return FloatVector.zero(SPECIES).blend(exp, inRow).reduceLanes(VectorOperators.ADD);
    }

    private float maxApart(float[] x, int offset, int n) {
        try {
            return (float) max.invokeExact(x, offset, n);
        } catch (Throwable thrown) {
            throw LoopCopies.unexpected(thrown);
        }
    }

    /** The maximum of {@code n} elements. */
    static float max(float[] x, int offset, int n) {
        IntVector largest = IntVector.broadcast(INTS, NOTHING);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            largest = largest.max(bits(x, offset + j));
        }
        int bits = largest.reduceLanes(VectorOperators.MAX);
        float max = bits >= 0 ? Float.intBitsToFloat(bits) : maxOfNegative(x, offset, j);
        for (; j < n; j++) {
            max = Math.max(max, x[offset + j]);
        }
        return max;
    }

    private static float maxOfNegative(float[] x, int offset, int n) {
        IntVector least = IntVector.broadcast(INTS, NOTHING);
        for (int j = 0; j <= n - LANES; j += LANES) {
            least = least.min(bits(x, offset + j));
        }
        return Float.intBitsToFloat(least.reduceLanes(VectorOperators.MIN));
    }

    private static IntVector bits(float[] x, int offset) {
        return FloatVector.fromArray(SPECIES, x, offset).reinterpretAsInts();
    }

    private static void scale(float[] y, int offset, int n, float factor) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, y, offset + j).mul(factors).intoArray(y, offset + j);
        }
        for (; j < n; j++) {
            y[offset + j] *= factor;
        }
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Softmax of one row: its maximum, its exponentials and their sum, and the division. */
final class Softmax {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Softmax() {}

    static void row(float[] x, int xOffset, float[] y, int yOffset, int n) {
        float max = max(x, xOffset, n);
        float sum = exponentials(x, xOffset, max, y, yOffset, n);
        scale(y, yOffset, n, 1 / sum);
    }

    /** The largest element that is not NaN; a NaN reaches the sum by itself. */
    private static float max(float[] x, int offset, int n) {
        FloatVector max0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector max1 = max0;
        int j = 0;
        for (; j <= n - 2 * LANES; j += 2 * LANES) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, offset + j);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, offset + j + LANES);
            max0 = max0.blend(x0, x0.compare(VectorOperators.GT, max0));
            max1 = max1.blend(x1, x1.compare(VectorOperators.GT, max1));
        }
        for (; j < n; j += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            FloatVector last = FloatVector.fromArray(SPECIES, x, offset + j, inRow);
            max0 = max0.blend(last, last.compare(VectorOperators.GT, max0).and(inRow));
        }
        max0 = max0.blend(max1, max1.compare(VectorOperators.GT, max0));
        // Integers compare quickly across lanes; those of negative numbers are turned to be in order.
        IntVector bits = max0.reinterpretAsInts();
        int ordered = bits.lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .and(Integer.MAX_VALUE)
                .lanewise(VectorOperators.XOR, bits)
                .reduceLanes(VectorOperators.MAX);
        return Float.intBitsToFloat(ordered ^ ((ordered >> Integer.SIZE - 1) & Integer.MAX_VALUE));
    }

    /** y = exp(x - max), and the sum. */
    private static float exponentials(float[] x, int xOffset, float max, float[] y, int yOffset, int n) {
        FloatVector maxima = FloatVector.broadcast(SPECIES, max);
        FloatVector sum = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector exp = Exponential.ofNegative(FloatVector.fromArray(SPECIES, x, xOffset + j).sub(maxima));
            exp.intoArray(y, yOffset + j);
            sum = sum.add(exp);
        }
        if (j < n) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            FloatVector exp = Exponential.ofNegative(
                    FloatVector.fromArray(SPECIES, x, xOffset + j, inRow).sub(maxima));
            exp.intoArray(y, yOffset + j, inRow);
            sum = sum.add(FloatVector.zero(SPECIES).blend(exp, inRow));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static void scale(float[] y, int offset, int n, float factor) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, y, offset + j).mul(factors).intoArray(y, offset + j);
        }
        if (j < n) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            FloatVector.fromArray(SPECIES, y, offset + j, inRow).mul(factors).intoArray(y, offset + j, inRow);
        }
    }
}

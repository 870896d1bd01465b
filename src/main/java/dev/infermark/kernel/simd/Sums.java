package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums in four vectors at a time, since one sum alone would wait for each addition. */
final class Sums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Sums() {}

    /** The sum of n elements. */
    static float of(float[] x, int offset, int n) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= n - 4 * LANES; j += 4 * LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, offset + j));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, offset + j + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, x, offset + j + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, x, offset + j + 3 * LANES));
        }
        for (; j <= n - LANES; j += LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, offset + j));
        }
        if (j < n) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, offset + j, inRow));
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }

    /** The sum of the squared deviations of n elements from a mean. */
    static float ofSquares(float[] x, int offset, int n, float mean) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= n - 4 * LANES; j += 4 * LANES) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, offset + j).sub(mean);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, offset + j + LANES).sub(mean);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, offset + j + 2 * LANES).sub(mean);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, offset + j + 3 * LANES).sub(mean);
            sum0 = d0.fma(d0, sum0);
            sum1 = d1.fma(d1, sum1);
            sum2 = d2.fma(d2, sum2);
            sum3 = d3.fma(d3, sum3);
        }
        for (; j < n; j += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            FloatVector d = FloatVector.zero(SPECIES)
                    .blend(FloatVector.fromArray(SPECIES, x, offset + j, inRow).sub(mean), inRow);
            sum0 = d.fma(d, sum0);
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six rows by two vectors: 12 of 16 registers hold sums. */
final class NarrowTile implements RegisterTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiply(float[] rows, int rowsOffset, float[] panel, int depth, float[] results) {
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum10 = FloatVector.zero(SPECIES);
        FloatVector sum11 = FloatVector.zero(SPECIES);
        FloatVector sum20 = FloatVector.zero(SPECIES);
        FloatVector sum21 = FloatVector.zero(SPECIES);
        FloatVector sum30 = FloatVector.zero(SPECIES);
        FloatVector sum31 = FloatVector.zero(SPECIES);
        FloatVector sum40 = FloatVector.zero(SPECIES);
        FloatVector sum41 = FloatVector.zero(SPECIES);
        FloatVector sum50 = FloatVector.zero(SPECIES);
        FloatVector sum51 = FloatVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, rows[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, rows[rowsOffset + STRIDE + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 2 * STRIDE + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 3 * STRIDE + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            FloatVector a4 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 4 * STRIDE + p]);
            sum40 = a4.fma(b0, sum40);
            sum41 = a4.fma(b1, sum41);
            FloatVector a5 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 5 * STRIDE + p]);
            sum50 = a5.fma(b0, sum50);
            sum51 = a5.fma(b1, sum51);
        }
        sum00.intoArray(results, 0);
        sum01.intoArray(results, LANES);
        sum10.intoArray(results, 2 * LANES);
        sum11.intoArray(results, 3 * LANES);
        sum20.intoArray(results, 4 * LANES);
        sum21.intoArray(results, 5 * LANES);
        sum30.intoArray(results, 6 * LANES);
        sum31.intoArray(results, 7 * LANES);
        sum40.intoArray(results, 8 * LANES);
        sum41.intoArray(results, 9 * LANES);
        sum50.intoArray(results, 10 * LANES);
        sum51.intoArray(results, 11 * LANES);
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six rows by four vectors: 24 of 32 registers hold sums. */
final class WideTile implements RegisterTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 4 * LANES;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiply(float[] rows, int rowsOffset, float[] panel, int depth, float[] results) {
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum02 = FloatVector.zero(SPECIES);
        FloatVector sum03 = FloatVector.zero(SPECIES);
        FloatVector sum10 = FloatVector.zero(SPECIES);
        FloatVector sum11 = FloatVector.zero(SPECIES);
        FloatVector sum12 = FloatVector.zero(SPECIES);
        FloatVector sum13 = FloatVector.zero(SPECIES);
        FloatVector sum20 = FloatVector.zero(SPECIES);
        FloatVector sum21 = FloatVector.zero(SPECIES);
        FloatVector sum22 = FloatVector.zero(SPECIES);
        FloatVector sum23 = FloatVector.zero(SPECIES);
        FloatVector sum30 = FloatVector.zero(SPECIES);
        FloatVector sum31 = FloatVector.zero(SPECIES);
        FloatVector sum32 = FloatVector.zero(SPECIES);
        FloatVector sum33 = FloatVector.zero(SPECIES);
        FloatVector sum40 = FloatVector.zero(SPECIES);
        FloatVector sum41 = FloatVector.zero(SPECIES);
        FloatVector sum42 = FloatVector.zero(SPECIES);
        FloatVector sum43 = FloatVector.zero(SPECIES);
        FloatVector sum50 = FloatVector.zero(SPECIES);
        FloatVector sum51 = FloatVector.zero(SPECIES);
        FloatVector sum52 = FloatVector.zero(SPECIES);
        FloatVector sum53 = FloatVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, panel, p * COLUMNS + 3 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, rows[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            sum02 = a0.fma(b2, sum02);
            sum03 = a0.fma(b3, sum03);
            FloatVector a1 = FloatVector.broadcast(SPECIES, rows[rowsOffset + STRIDE + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            sum12 = a1.fma(b2, sum12);
            sum13 = a1.fma(b3, sum13);
            FloatVector a2 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 2 * STRIDE + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            sum22 = a2.fma(b2, sum22);
            sum23 = a2.fma(b3, sum23);
            FloatVector a3 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 3 * STRIDE + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            sum32 = a3.fma(b2, sum32);
            sum33 = a3.fma(b3, sum33);
            FloatVector a4 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 4 * STRIDE + p]);
            sum40 = a4.fma(b0, sum40);
            sum41 = a4.fma(b1, sum41);
            sum42 = a4.fma(b2, sum42);
            sum43 = a4.fma(b3, sum43);
            FloatVector a5 = FloatVector.broadcast(SPECIES, rows[rowsOffset + 5 * STRIDE + p]);
            sum50 = a5.fma(b0, sum50);
            sum51 = a5.fma(b1, sum51);
            sum52 = a5.fma(b2, sum52);
            sum53 = a5.fma(b3, sum53);
        }
        sum00.intoArray(results, 0);
        sum01.intoArray(results, LANES);
        sum02.intoArray(results, 2 * LANES);
        sum03.intoArray(results, 3 * LANES);
        sum10.intoArray(results, 4 * LANES);
        sum11.intoArray(results, 5 * LANES);
        sum12.intoArray(results, 6 * LANES);
        sum13.intoArray(results, 7 * LANES);
        sum20.intoArray(results, 8 * LANES);
        sum21.intoArray(results, 9 * LANES);
        sum22.intoArray(results, 10 * LANES);
        sum23.intoArray(results, 11 * LANES);
        sum30.intoArray(results, 12 * LANES);
        sum31.intoArray(results, 13 * LANES);
        sum32.intoArray(results, 14 * LANES);
        sum33.intoArray(results, 15 * LANES);
        sum40.intoArray(results, 16 * LANES);
        sum41.intoArray(results, 17 * LANES);
        sum42.intoArray(results, 18 * LANES);
        sum43.intoArray(results, 19 * LANES);
        sum50.intoArray(results, 20 * LANES);
        sum51.intoArray(results, 21 * LANES);
        sum52.intoArray(results, 22 * LANES);
        sum53.intoArray(results, 23 * LANES);
    }
}

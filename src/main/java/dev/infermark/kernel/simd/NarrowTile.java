package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Two vectors wide: 12 of 16 registers hold sums. */
final class NarrowTile implements RegisterTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiplySix(
            TileRows rows,
            int rowsOffset,
            float[] panel,
            int panelOffset,
            int depth,
            Update update,
            float[] results,
            int resultsOffset,
            int resultsStride) {
        float[] a = rows.data();
        int stride = rows.stride();
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
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[rowsOffset + stride + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[rowsOffset + 2 * stride + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[rowsOffset + 3 * stride + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[rowsOffset + 4 * stride + p]);
            sum40 = a4.fma(b0, sum40);
            sum41 = a4.fma(b1, sum41);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[rowsOffset + 5 * stride + p]);
            sum50 = a5.fma(b0, sum50);
            sum51 = a5.fma(b1, sum51);
        }
        if (update == Update.ADD) {
            sum00 = sum00.add(FloatVector.fromArray(SPECIES, results, resultsOffset));
            sum01 = sum01.add(FloatVector.fromArray(SPECIES, results, resultsOffset + LANES));
            sum10 = sum10.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride));
            sum11 = sum11.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + LANES));
            sum20 = sum20.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride));
            sum21 = sum21.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + LANES));
            sum30 = sum30.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride));
            sum31 = sum31.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + LANES));
            sum40 = sum40.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride));
            sum41 = sum41.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride + LANES));
            sum50 = sum50.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride));
            sum51 = sum51.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride + LANES));
        }
        sum00.intoArray(results, resultsOffset);
        sum01.intoArray(results, resultsOffset + LANES);
        sum10.intoArray(results, resultsOffset + resultsStride);
        sum11.intoArray(results, resultsOffset + resultsStride + LANES);
        sum20.intoArray(results, resultsOffset + 2 * resultsStride);
        sum21.intoArray(results, resultsOffset + 2 * resultsStride + LANES);
        sum30.intoArray(results, resultsOffset + 3 * resultsStride);
        sum31.intoArray(results, resultsOffset + 3 * resultsStride + LANES);
        sum40.intoArray(results, resultsOffset + 4 * resultsStride);
        sum41.intoArray(results, resultsOffset + 4 * resultsStride + LANES);
        sum50.intoArray(results, resultsOffset + 5 * resultsStride);
        sum51.intoArray(results, resultsOffset + 5 * resultsStride + LANES);
    }

    @Override
    public void multiplyFour(
            TileRows rows,
            int rowsOffset,
            float[] panel,
            int panelOffset,
            int depth,
            Update update,
            float[] results,
            int resultsOffset,
            int resultsStride) {
        float[] a = rows.data();
        int stride = rows.stride();
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum10 = FloatVector.zero(SPECIES);
        FloatVector sum11 = FloatVector.zero(SPECIES);
        FloatVector sum20 = FloatVector.zero(SPECIES);
        FloatVector sum21 = FloatVector.zero(SPECIES);
        FloatVector sum30 = FloatVector.zero(SPECIES);
        FloatVector sum31 = FloatVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[rowsOffset + stride + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[rowsOffset + 2 * stride + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[rowsOffset + 3 * stride + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
        }
        if (update == Update.ADD) {
            sum00 = sum00.add(FloatVector.fromArray(SPECIES, results, resultsOffset));
            sum01 = sum01.add(FloatVector.fromArray(SPECIES, results, resultsOffset + LANES));
            sum10 = sum10.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride));
            sum11 = sum11.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + LANES));
            sum20 = sum20.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride));
            sum21 = sum21.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + LANES));
            sum30 = sum30.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride));
            sum31 = sum31.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + LANES));
        }
        sum00.intoArray(results, resultsOffset);
        sum01.intoArray(results, resultsOffset + LANES);
        sum10.intoArray(results, resultsOffset + resultsStride);
        sum11.intoArray(results, resultsOffset + resultsStride + LANES);
        sum20.intoArray(results, resultsOffset + 2 * resultsStride);
        sum21.intoArray(results, resultsOffset + 2 * resultsStride + LANES);
        sum30.intoArray(results, resultsOffset + 3 * resultsStride);
        sum31.intoArray(results, resultsOffset + 3 * resultsStride + LANES);
    }
}

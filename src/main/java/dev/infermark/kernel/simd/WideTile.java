package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four vectors wide: 24 of 32 registers hold sums. */
final class WideTile implements RegisterTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 4 * LANES;

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
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + 3 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            sum02 = a0.fma(b2, sum02);
            sum03 = a0.fma(b3, sum03);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[rowsOffset + stride + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            sum12 = a1.fma(b2, sum12);
            sum13 = a1.fma(b3, sum13);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[rowsOffset + 2 * stride + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            sum22 = a2.fma(b2, sum22);
            sum23 = a2.fma(b3, sum23);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[rowsOffset + 3 * stride + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            sum32 = a3.fma(b2, sum32);
            sum33 = a3.fma(b3, sum33);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[rowsOffset + 4 * stride + p]);
            sum40 = a4.fma(b0, sum40);
            sum41 = a4.fma(b1, sum41);
            sum42 = a4.fma(b2, sum42);
            sum43 = a4.fma(b3, sum43);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[rowsOffset + 5 * stride + p]);
            sum50 = a5.fma(b0, sum50);
            sum51 = a5.fma(b1, sum51);
            sum52 = a5.fma(b2, sum52);
            sum53 = a5.fma(b3, sum53);
        }
        if (update == Update.ADD) {
            sum00 = sum00.add(FloatVector.fromArray(SPECIES, results, resultsOffset));
            sum01 = sum01.add(FloatVector.fromArray(SPECIES, results, resultsOffset + LANES));
            sum02 = sum02.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * LANES));
            sum03 = sum03.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * LANES));
            sum10 = sum10.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride));
            sum11 = sum11.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + LANES));
            sum12 = sum12.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + 2 * LANES));
            sum13 = sum13.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + 3 * LANES));
            sum20 = sum20.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride));
            sum21 = sum21.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + LANES));
            sum22 = sum22.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + 2 * LANES));
            sum23 = sum23.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + 3 * LANES));
            sum30 = sum30.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride));
            sum31 = sum31.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + LANES));
            sum32 = sum32.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + 2 * LANES));
            sum33 = sum33.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + 3 * LANES));
            sum40 = sum40.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride));
            sum41 = sum41.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride + LANES));
            sum42 = sum42.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride + 2 * LANES));
            sum43 = sum43.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 4 * resultsStride + 3 * LANES));
            sum50 = sum50.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride));
            sum51 = sum51.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride + LANES));
            sum52 = sum52.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride + 2 * LANES));
            sum53 = sum53.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 5 * resultsStride + 3 * LANES));
        }
        sum00.intoArray(results, resultsOffset);
        sum01.intoArray(results, resultsOffset + LANES);
        sum02.intoArray(results, resultsOffset + 2 * LANES);
        sum03.intoArray(results, resultsOffset + 3 * LANES);
        sum10.intoArray(results, resultsOffset + resultsStride);
        sum11.intoArray(results, resultsOffset + resultsStride + LANES);
        sum12.intoArray(results, resultsOffset + resultsStride + 2 * LANES);
        sum13.intoArray(results, resultsOffset + resultsStride + 3 * LANES);
        sum20.intoArray(results, resultsOffset + 2 * resultsStride);
        sum21.intoArray(results, resultsOffset + 2 * resultsStride + LANES);
        sum22.intoArray(results, resultsOffset + 2 * resultsStride + 2 * LANES);
        sum23.intoArray(results, resultsOffset + 2 * resultsStride + 3 * LANES);
        sum30.intoArray(results, resultsOffset + 3 * resultsStride);
        sum31.intoArray(results, resultsOffset + 3 * resultsStride + LANES);
        sum32.intoArray(results, resultsOffset + 3 * resultsStride + 2 * LANES);
        sum33.intoArray(results, resultsOffset + 3 * resultsStride + 3 * LANES);
        sum40.intoArray(results, resultsOffset + 4 * resultsStride);
        sum41.intoArray(results, resultsOffset + 4 * resultsStride + LANES);
        sum42.intoArray(results, resultsOffset + 4 * resultsStride + 2 * LANES);
        sum43.intoArray(results, resultsOffset + 4 * resultsStride + 3 * LANES);
        sum50.intoArray(results, resultsOffset + 5 * resultsStride);
        sum51.intoArray(results, resultsOffset + 5 * resultsStride + LANES);
        sum52.intoArray(results, resultsOffset + 5 * resultsStride + 2 * LANES);
        sum53.intoArray(results, resultsOffset + 5 * resultsStride + 3 * LANES);
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
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * COLUMNS + 3 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[rowsOffset + p]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            sum02 = a0.fma(b2, sum02);
            sum03 = a0.fma(b3, sum03);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[rowsOffset + stride + p]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            sum12 = a1.fma(b2, sum12);
            sum13 = a1.fma(b3, sum13);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[rowsOffset + 2 * stride + p]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            sum22 = a2.fma(b2, sum22);
            sum23 = a2.fma(b3, sum23);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[rowsOffset + 3 * stride + p]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            sum32 = a3.fma(b2, sum32);
            sum33 = a3.fma(b3, sum33);
        }
        if (update == Update.ADD) {
            sum00 = sum00.add(FloatVector.fromArray(SPECIES, results, resultsOffset));
            sum01 = sum01.add(FloatVector.fromArray(SPECIES, results, resultsOffset + LANES));
            sum02 = sum02.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * LANES));
            sum03 = sum03.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * LANES));
            sum10 = sum10.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride));
            sum11 = sum11.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + LANES));
            sum12 = sum12.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + 2 * LANES));
            sum13 = sum13.add(FloatVector.fromArray(SPECIES, results, resultsOffset + resultsStride + 3 * LANES));
            sum20 = sum20.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride));
            sum21 = sum21.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + LANES));
            sum22 = sum22.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + 2 * LANES));
            sum23 = sum23.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 2 * resultsStride + 3 * LANES));
            sum30 = sum30.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride));
            sum31 = sum31.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + LANES));
            sum32 = sum32.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + 2 * LANES));
            sum33 = sum33.add(FloatVector.fromArray(SPECIES, results, resultsOffset + 3 * resultsStride + 3 * LANES));
        }
        sum00.intoArray(results, resultsOffset);
        sum01.intoArray(results, resultsOffset + LANES);
        sum02.intoArray(results, resultsOffset + 2 * LANES);
        sum03.intoArray(results, resultsOffset + 3 * LANES);
        sum10.intoArray(results, resultsOffset + resultsStride);
        sum11.intoArray(results, resultsOffset + resultsStride + LANES);
        sum12.intoArray(results, resultsOffset + resultsStride + 2 * LANES);
        sum13.intoArray(results, resultsOffset + resultsStride + 3 * LANES);
        sum20.intoArray(results, resultsOffset + 2 * resultsStride);
        sum21.intoArray(results, resultsOffset + 2 * resultsStride + LANES);
        sum22.intoArray(results, resultsOffset + 2 * resultsStride + 2 * LANES);
        sum23.intoArray(results, resultsOffset + 2 * resultsStride + 3 * LANES);
        sum30.intoArray(results, resultsOffset + 3 * resultsStride);
        sum31.intoArray(results, resultsOffset + 3 * resultsStride + LANES);
        sum32.intoArray(results, resultsOffset + 3 * resultsStride + 2 * LANES);
        sum33.intoArray(results, resultsOffset + 3 * resultsStride + 3 * LANES);
    }
}

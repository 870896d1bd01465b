package dev.infermark.kernel.simd.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six pixels by four vectors of filters: 24 of 32 registers hold sums. */
final class WideWindowTile implements WindowTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 4 * LANES;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiply(
            float[] image, Windows windows, int pixel, int offset, int block, float[] panel, int panelOffset,
            float[] sums) {
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
        int next = panelOffset;
        for (int run = windows.first(block); run < windows.first(block + 1); run++) {
            int start = offset + windows.start(run);
            int row0 = start + windows.base(pixel);
            int row1 = start + windows.base(pixel + 1);
            int row2 = start + windows.base(pixel + 2);
            int row3 = start + windows.base(pixel + 3);
            int row4 = start + windows.base(pixel + 4);
            int row5 = start + windows.base(pixel + 5);
            int length = windows.length(run);
            for (int p = 0; p < length; p++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS);
                FloatVector b1 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + LANES);
                FloatVector b2 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + 2 * LANES);
                FloatVector b3 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + 3 * LANES);
                FloatVector a0 = FloatVector.broadcast(SPECIES, image[row0 + p]);
                sum00 = a0.fma(b0, sum00);
                sum01 = a0.fma(b1, sum01);
                sum02 = a0.fma(b2, sum02);
                sum03 = a0.fma(b3, sum03);
                FloatVector a1 = FloatVector.broadcast(SPECIES, image[row1 + p]);
                sum10 = a1.fma(b0, sum10);
                sum11 = a1.fma(b1, sum11);
                sum12 = a1.fma(b2, sum12);
                sum13 = a1.fma(b3, sum13);
                FloatVector a2 = FloatVector.broadcast(SPECIES, image[row2 + p]);
                sum20 = a2.fma(b0, sum20);
                sum21 = a2.fma(b1, sum21);
                sum22 = a2.fma(b2, sum22);
                sum23 = a2.fma(b3, sum23);
                FloatVector a3 = FloatVector.broadcast(SPECIES, image[row3 + p]);
                sum30 = a3.fma(b0, sum30);
                sum31 = a3.fma(b1, sum31);
                sum32 = a3.fma(b2, sum32);
                sum33 = a3.fma(b3, sum33);
                FloatVector a4 = FloatVector.broadcast(SPECIES, image[row4 + p]);
                sum40 = a4.fma(b0, sum40);
                sum41 = a4.fma(b1, sum41);
                sum42 = a4.fma(b2, sum42);
                sum43 = a4.fma(b3, sum43);
                FloatVector a5 = FloatVector.broadcast(SPECIES, image[row5 + p]);
                sum50 = a5.fma(b0, sum50);
                sum51 = a5.fma(b1, sum51);
                sum52 = a5.fma(b2, sum52);
                sum53 = a5.fma(b3, sum53);
            }
            next += length * COLUMNS;
        }
        int to = pixel * COLUMNS;
        FloatVector.fromArray(SPECIES, sums, to).add(sum00).intoArray(sums, to);
        FloatVector.fromArray(SPECIES, sums, to + LANES).add(sum01).intoArray(sums, to + LANES);
        FloatVector.fromArray(SPECIES, sums, to + 2 * LANES).add(sum02).intoArray(sums, to + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 3 * LANES).add(sum03).intoArray(sums, to + 3 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 4 * LANES).add(sum10).intoArray(sums, to + 4 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 5 * LANES).add(sum11).intoArray(sums, to + 5 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 6 * LANES).add(sum12).intoArray(sums, to + 6 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 7 * LANES).add(sum13).intoArray(sums, to + 7 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 8 * LANES).add(sum20).intoArray(sums, to + 8 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 9 * LANES).add(sum21).intoArray(sums, to + 9 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 10 * LANES).add(sum22).intoArray(sums, to + 10 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 11 * LANES).add(sum23).intoArray(sums, to + 11 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 12 * LANES).add(sum30).intoArray(sums, to + 12 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 13 * LANES).add(sum31).intoArray(sums, to + 13 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 14 * LANES).add(sum32).intoArray(sums, to + 14 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 15 * LANES).add(sum33).intoArray(sums, to + 15 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 16 * LANES).add(sum40).intoArray(sums, to + 16 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 17 * LANES).add(sum41).intoArray(sums, to + 17 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 18 * LANES).add(sum42).intoArray(sums, to + 18 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 19 * LANES).add(sum43).intoArray(sums, to + 19 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 20 * LANES).add(sum50).intoArray(sums, to + 20 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 21 * LANES).add(sum51).intoArray(sums, to + 21 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 22 * LANES).add(sum52).intoArray(sums, to + 22 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 23 * LANES).add(sum53).intoArray(sums, to + 23 * LANES);
    }

    @Override
    public void multiplyOne(
            float[] image, Windows windows, int pixel, int offset, int block, float[] panel, int panelOffset,
            float[] sums) {
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum02 = FloatVector.zero(SPECIES);
        FloatVector sum03 = FloatVector.zero(SPECIES);
        int next = panelOffset;
        for (int run = windows.first(block); run < windows.first(block + 1); run++) {
            int start = offset + windows.start(run);
            int row0 = start + windows.base(pixel);
            int length = windows.length(run);
            for (int p = 0; p < length; p++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS);
                FloatVector b1 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + LANES);
                FloatVector b2 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + 2 * LANES);
                FloatVector b3 = FloatVector.fromArray(SPECIES, panel, next + p * COLUMNS + 3 * LANES);
                FloatVector a0 = FloatVector.broadcast(SPECIES, image[row0 + p]);
                sum00 = a0.fma(b0, sum00);
                sum01 = a0.fma(b1, sum01);
                sum02 = a0.fma(b2, sum02);
                sum03 = a0.fma(b3, sum03);
            }
            next += length * COLUMNS;
        }
        int to = pixel * COLUMNS;
        FloatVector.fromArray(SPECIES, sums, to).add(sum00).intoArray(sums, to);
        FloatVector.fromArray(SPECIES, sums, to + LANES).add(sum01).intoArray(sums, to + LANES);
        FloatVector.fromArray(SPECIES, sums, to + 2 * LANES).add(sum02).intoArray(sums, to + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 3 * LANES).add(sum03).intoArray(sums, to + 3 * LANES);
    }
}

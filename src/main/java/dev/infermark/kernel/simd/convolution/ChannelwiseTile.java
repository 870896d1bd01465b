package dev.infermark.kernel.simd.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six pixels by two vectors of filters that each see a channel of their own. */
final class ChannelwiseTile implements WindowTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;

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
        int next = panelOffset;
        for (int run = windows.first(block); run < windows.first(block + 1); run++) {
            int start = offset + windows.start(run);
            int row0 = start + windows.base(pixel);
            int row1 = start + windows.base(pixel + 1);
            int row2 = start + windows.base(pixel + 2);
            int row3 = start + windows.base(pixel + 3);
            int row4 = start + windows.base(pixel + 4);
            int row5 = start + windows.base(pixel + 5);
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, next);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, next + LANES);
            FloatVector a00 = FloatVector.fromArray(SPECIES, image, row0);
            sum00 = a00.fma(b0, sum00);
            FloatVector a01 = FloatVector.fromArray(SPECIES, image, row0 + LANES);
            sum01 = a01.fma(b1, sum01);
            FloatVector a10 = FloatVector.fromArray(SPECIES, image, row1);
            sum10 = a10.fma(b0, sum10);
            FloatVector a11 = FloatVector.fromArray(SPECIES, image, row1 + LANES);
            sum11 = a11.fma(b1, sum11);
            FloatVector a20 = FloatVector.fromArray(SPECIES, image, row2);
            sum20 = a20.fma(b0, sum20);
            FloatVector a21 = FloatVector.fromArray(SPECIES, image, row2 + LANES);
            sum21 = a21.fma(b1, sum21);
            FloatVector a30 = FloatVector.fromArray(SPECIES, image, row3);
            sum30 = a30.fma(b0, sum30);
            FloatVector a31 = FloatVector.fromArray(SPECIES, image, row3 + LANES);
            sum31 = a31.fma(b1, sum31);
            FloatVector a40 = FloatVector.fromArray(SPECIES, image, row4);
            sum40 = a40.fma(b0, sum40);
            FloatVector a41 = FloatVector.fromArray(SPECIES, image, row4 + LANES);
            sum41 = a41.fma(b1, sum41);
            FloatVector a50 = FloatVector.fromArray(SPECIES, image, row5);
            sum50 = a50.fma(b0, sum50);
            FloatVector a51 = FloatVector.fromArray(SPECIES, image, row5 + LANES);
            sum51 = a51.fma(b1, sum51);
            next += COLUMNS;
        }
        int to = pixel * COLUMNS;
        FloatVector.fromArray(SPECIES, sums, to).add(sum00).intoArray(sums, to);
        FloatVector.fromArray(SPECIES, sums, to + LANES).add(sum01).intoArray(sums, to + LANES);
        FloatVector.fromArray(SPECIES, sums, to + 2 * LANES).add(sum10).intoArray(sums, to + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 3 * LANES).add(sum11).intoArray(sums, to + 3 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 4 * LANES).add(sum20).intoArray(sums, to + 4 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 5 * LANES).add(sum21).intoArray(sums, to + 5 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 6 * LANES).add(sum30).intoArray(sums, to + 6 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 7 * LANES).add(sum31).intoArray(sums, to + 7 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 8 * LANES).add(sum40).intoArray(sums, to + 8 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 9 * LANES).add(sum41).intoArray(sums, to + 9 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 10 * LANES).add(sum50).intoArray(sums, to + 10 * LANES);
        FloatVector.fromArray(SPECIES, sums, to + 11 * LANES).add(sum51).intoArray(sums, to + 11 * LANES);
    }

    @Override
    public void multiplyOne(
            float[] image, Windows windows, int pixel, int offset, int block, float[] panel, int panelOffset,
            float[] sums) {
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        int next = panelOffset;
        for (int run = windows.first(block); run < windows.first(block + 1); run++) {
            int start = offset + windows.start(run);
            int row0 = start + windows.base(pixel);
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, next);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, next + LANES);
            FloatVector a00 = FloatVector.fromArray(SPECIES, image, row0);
            sum00 = a00.fma(b0, sum00);
            FloatVector a01 = FloatVector.fromArray(SPECIES, image, row0 + LANES);
            sum01 = a01.fma(b1, sum01);
            next += COLUMNS;
        }
        int to = pixel * COLUMNS;
        FloatVector.fromArray(SPECIES, sums, to).add(sum00).intoArray(sums, to);
        FloatVector.fromArray(SPECIES, sums, to + LANES).add(sum01).intoArray(sums, to + LANES);
    }
}

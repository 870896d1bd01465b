package dev.infermark.kernel.simd;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Transposes a block of eight rows by eight columns of two bytes each in eight registers. */
final class TwoByteBlock {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    /** For the distances 4, 2 and 1: where the lanes of the lower of two rows come from, then those of the upper. */
    private static final short[] INDEXES = {
        0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15,
        0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 10, 11, 6, 7, 14, 15,
        0, 8, 2, 10, 4, 12, 6, 14, 1, 9, 3, 11, 5, 13, 7, 15
    };

    private TwoByteBlock() {}

    /** to(j, i) = from(i, j). */
    static void transpose(short[] from, int fromOffset, int fromStride, short[] to, int toOffset, int toStride) {
        ShortVector lower4 = ShortVector.fromArray(SHORTS, INDEXES, 0);
        ShortVector upper4 = ShortVector.fromArray(SHORTS, INDEXES, 8);
        ShortVector lower2 = ShortVector.fromArray(SHORTS, INDEXES, 16);
        ShortVector upper2 = ShortVector.fromArray(SHORTS, INDEXES, 24);
        ShortVector lower1 = ShortVector.fromArray(SHORTS, INDEXES, 32);
        ShortVector upper1 = ShortVector.fromArray(SHORTS, INDEXES, 40);
        ShortVector r0 = ShortVector.fromArray(SHORTS, from, fromOffset);
        ShortVector r1 = ShortVector.fromArray(SHORTS, from, fromOffset + fromStride);
        ShortVector r2 = ShortVector.fromArray(SHORTS, from, fromOffset + 2 * fromStride);
        ShortVector r3 = ShortVector.fromArray(SHORTS, from, fromOffset + 3 * fromStride);
        ShortVector r4 = ShortVector.fromArray(SHORTS, from, fromOffset + 4 * fromStride);
        ShortVector r5 = ShortVector.fromArray(SHORTS, from, fromOffset + 5 * fromStride);
        ShortVector r6 = ShortVector.fromArray(SHORTS, from, fromOffset + 6 * fromStride);
        ShortVector r7 = ShortVector.fromArray(SHORTS, from, fromOffset + 7 * fromStride);
        ShortVector a0 = lower4.selectFrom(r0, r4);
        ShortVector a4 = upper4.selectFrom(r0, r4);
        ShortVector a1 = lower4.selectFrom(r1, r5);
        ShortVector a5 = upper4.selectFrom(r1, r5);
        ShortVector a2 = lower4.selectFrom(r2, r6);
        ShortVector a6 = upper4.selectFrom(r2, r6);
        ShortVector a3 = lower4.selectFrom(r3, r7);
        ShortVector a7 = upper4.selectFrom(r3, r7);
        ShortVector b0 = lower2.selectFrom(a0, a2);
        ShortVector b2 = upper2.selectFrom(a0, a2);
        ShortVector b1 = lower2.selectFrom(a1, a3);
        ShortVector b3 = upper2.selectFrom(a1, a3);
        ShortVector b4 = lower2.selectFrom(a4, a6);
        ShortVector b6 = upper2.selectFrom(a4, a6);
        ShortVector b5 = lower2.selectFrom(a5, a7);
        ShortVector b7 = upper2.selectFrom(a5, a7);
        ShortVector c0 = lower1.selectFrom(b0, b1);
        ShortVector c1 = upper1.selectFrom(b0, b1);
        ShortVector c2 = lower1.selectFrom(b2, b3);
        ShortVector c3 = upper1.selectFrom(b2, b3);
        ShortVector c4 = lower1.selectFrom(b4, b5);
        ShortVector c5 = upper1.selectFrom(b4, b5);
        ShortVector c6 = lower1.selectFrom(b6, b7);
        ShortVector c7 = upper1.selectFrom(b6, b7);
        c0.intoArray(to, toOffset);
        c1.intoArray(to, toOffset + toStride);
        c2.intoArray(to, toOffset + 2 * toStride);
        c3.intoArray(to, toOffset + 3 * toStride);
        c4.intoArray(to, toOffset + 4 * toStride);
        c5.intoArray(to, toOffset + 5 * toStride);
        c6.intoArray(to, toOffset + 6 * toStride);
        c7.intoArray(to, toOffset + 7 * toStride);
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Transposes a block of eight rows by eight columns of four bytes each in eight registers. */
final class FourByteBlock {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    /** For the distances 4, 2 and 1: where the lanes of the lower of two rows come from, then those of the upper. */
    private static final int[] INDEXES = {
        0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15,
        0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 10, 11, 6, 7, 14, 15,
        0, 8, 2, 10, 4, 12, 6, 14, 1, 9, 3, 11, 5, 13, 7, 15
    };

    private FourByteBlock() {}

    /** to(j, i) = from(i, j); needs registers of 32 bytes. */
    static void transpose(float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
        IntVector lower4 = IntVector.fromArray(INTS, INDEXES, 0);
        IntVector upper4 = IntVector.fromArray(INTS, INDEXES, 8);
        IntVector lower2 = IntVector.fromArray(INTS, INDEXES, 16);
        IntVector upper2 = IntVector.fromArray(INTS, INDEXES, 24);
        IntVector lower1 = IntVector.fromArray(INTS, INDEXES, 32);
        IntVector upper1 = IntVector.fromArray(INTS, INDEXES, 40);
        IntVector r0 = FloatVector.fromArray(FLOATS, from, fromOffset).reinterpretAsInts();
        IntVector r1 = FloatVector.fromArray(FLOATS, from, fromOffset + fromStride).reinterpretAsInts();
        IntVector r2 = FloatVector.fromArray(FLOATS, from, fromOffset + 2 * fromStride).reinterpretAsInts();
        IntVector r3 = FloatVector.fromArray(FLOATS, from, fromOffset + 3 * fromStride).reinterpretAsInts();
        IntVector r4 = FloatVector.fromArray(FLOATS, from, fromOffset + 4 * fromStride).reinterpretAsInts();
        IntVector r5 = FloatVector.fromArray(FLOATS, from, fromOffset + 5 * fromStride).reinterpretAsInts();
        IntVector r6 = FloatVector.fromArray(FLOATS, from, fromOffset + 6 * fromStride).reinterpretAsInts();
        IntVector r7 = FloatVector.fromArray(FLOATS, from, fromOffset + 7 * fromStride).reinterpretAsInts();
        IntVector a0 = lower4.selectFrom(r0, r4);
        IntVector a4 = upper4.selectFrom(r0, r4);
        IntVector a1 = lower4.selectFrom(r1, r5);
        IntVector a5 = upper4.selectFrom(r1, r5);
        IntVector a2 = lower4.selectFrom(r2, r6);
        IntVector a6 = upper4.selectFrom(r2, r6);
        IntVector a3 = lower4.selectFrom(r3, r7);
        IntVector a7 = upper4.selectFrom(r3, r7);
        IntVector b0 = lower2.selectFrom(a0, a2);
        IntVector b2 = upper2.selectFrom(a0, a2);
        IntVector b1 = lower2.selectFrom(a1, a3);
        IntVector b3 = upper2.selectFrom(a1, a3);
        IntVector b4 = lower2.selectFrom(a4, a6);
        IntVector b6 = upper2.selectFrom(a4, a6);
        IntVector b5 = lower2.selectFrom(a5, a7);
        IntVector b7 = upper2.selectFrom(a5, a7);
        IntVector c0 = lower1.selectFrom(b0, b1);
        IntVector c1 = upper1.selectFrom(b0, b1);
        IntVector c2 = lower1.selectFrom(b2, b3);
        IntVector c3 = upper1.selectFrom(b2, b3);
        IntVector c4 = lower1.selectFrom(b4, b5);
        IntVector c5 = upper1.selectFrom(b4, b5);
        IntVector c6 = lower1.selectFrom(b6, b7);
        IntVector c7 = upper1.selectFrom(b6, b7);
        c0.reinterpretAsFloats().intoArray(to, toOffset);
        c1.reinterpretAsFloats().intoArray(to, toOffset + toStride);
        c2.reinterpretAsFloats().intoArray(to, toOffset + 2 * toStride);
        c3.reinterpretAsFloats().intoArray(to, toOffset + 3 * toStride);
        c4.reinterpretAsFloats().intoArray(to, toOffset + 4 * toStride);
        c5.reinterpretAsFloats().intoArray(to, toOffset + 5 * toStride);
        c6.reinterpretAsFloats().intoArray(to, toOffset + 6 * toStride);
        c7.reinterpretAsFloats().intoArray(to, toOffset + 7 * toStride);
    }


    /** As for {@code float[]}. */
    static void transpose(int[] from, int fromOffset, int fromStride, int[] to, int toOffset, int toStride) {
        IntVector lower4 = IntVector.fromArray(INTS, INDEXES, 0);
        IntVector upper4 = IntVector.fromArray(INTS, INDEXES, 8);
        IntVector lower2 = IntVector.fromArray(INTS, INDEXES, 16);
        IntVector upper2 = IntVector.fromArray(INTS, INDEXES, 24);
        IntVector lower1 = IntVector.fromArray(INTS, INDEXES, 32);
        IntVector upper1 = IntVector.fromArray(INTS, INDEXES, 40);
        IntVector r0 = IntVector.fromArray(INTS, from, fromOffset);
        IntVector r1 = IntVector.fromArray(INTS, from, fromOffset + fromStride);
        IntVector r2 = IntVector.fromArray(INTS, from, fromOffset + 2 * fromStride);
        IntVector r3 = IntVector.fromArray(INTS, from, fromOffset + 3 * fromStride);
        IntVector r4 = IntVector.fromArray(INTS, from, fromOffset + 4 * fromStride);
        IntVector r5 = IntVector.fromArray(INTS, from, fromOffset + 5 * fromStride);
        IntVector r6 = IntVector.fromArray(INTS, from, fromOffset + 6 * fromStride);
        IntVector r7 = IntVector.fromArray(INTS, from, fromOffset + 7 * fromStride);
        IntVector a0 = lower4.selectFrom(r0, r4);
        IntVector a4 = upper4.selectFrom(r0, r4);
        IntVector a1 = lower4.selectFrom(r1, r5);
        IntVector a5 = upper4.selectFrom(r1, r5);
        IntVector a2 = lower4.selectFrom(r2, r6);
        IntVector a6 = upper4.selectFrom(r2, r6);
        IntVector a3 = lower4.selectFrom(r3, r7);
        IntVector a7 = upper4.selectFrom(r3, r7);
        IntVector b0 = lower2.selectFrom(a0, a2);
        IntVector b2 = upper2.selectFrom(a0, a2);
        IntVector b1 = lower2.selectFrom(a1, a3);
        IntVector b3 = upper2.selectFrom(a1, a3);
        IntVector b4 = lower2.selectFrom(a4, a6);
        IntVector b6 = upper2.selectFrom(a4, a6);
        IntVector b5 = lower2.selectFrom(a5, a7);
        IntVector b7 = upper2.selectFrom(a5, a7);
        IntVector c0 = lower1.selectFrom(b0, b1);
        IntVector c1 = upper1.selectFrom(b0, b1);
        IntVector c2 = lower1.selectFrom(b2, b3);
        IntVector c3 = upper1.selectFrom(b2, b3);
        IntVector c4 = lower1.selectFrom(b4, b5);
        IntVector c5 = upper1.selectFrom(b4, b5);
        IntVector c6 = lower1.selectFrom(b6, b7);
        IntVector c7 = upper1.selectFrom(b6, b7);
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

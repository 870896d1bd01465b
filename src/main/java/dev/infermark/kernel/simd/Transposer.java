package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes matrices block by block in registers: its four quarters change places across the diagonal, then the
 * quarters of each of these, and at last single elements. Where a side is no multiple of a block's, its last block
 * overlaps the one before.
 */
public final class Transposer {
    /** Rows and columns of a block. */
    private static final int SIDE = 8;
    /** Blocks are taken so that lines of the cache are read and written whole. */
    private static final int LINE_BYTES = 64;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    /** For the distances 4, 2 and 1: where the lanes of the lower of two rows come from, then those of the upper. */
    private static final int[] INTS_INDEXES = {
        0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15,
        0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 10, 11, 6, 7, 14, 15,
        0, 8, 2, 10, 4, 12, 6, 14, 1, 9, 3, 11, 5, 13, 7, 15
    };
    private static final short[] SHORTS_INDEXES = {
        0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15,
        0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 10, 11, 6, 7, 14, 15,
        0, 8, 2, 10, 4, 12, 6, 14, 1, 9, 3, 11, 5, 13, 7, 15
    };
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWER_4 = 0x00000000ffffffffL;
    private static final long LOWER_2 = 0x0000ffff0000ffffL;
    private static final long LOWER_1 = 0x00ff00ff00ff00ffL;

    private Transposer() {}

    /** to(j, i) = from(i, j) of {@code rows} rows of {@code columns} in {@code from}. */
    public static void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        if (!fitsBlocks(rows, columns)) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
                }
            }
            return;
        }
        int line = LINE_BYTES / Float.BYTES;
        for (int top = 0; top < rows; top += line) {
            for (int left = 0; left < columns; left += line) {
                for (int i = top; i < Math.min(top + line, rows); i += SIDE) {
                    int row = Math.min(i, rows - SIDE);
                    for (int j = left; j < Math.min(left + line, columns); j += SIDE) {
                        int column = Math.min(j, columns - SIDE);
                        int at = fromOffset + row * fromStride + column;
                        transposeBlock(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
    }

    private static void transposeBlock(
            float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
        IntVector lower4 = IntVector.fromArray(INTS, INTS_INDEXES, 0);
        IntVector upper4 = IntVector.fromArray(INTS, INTS_INDEXES, 8);
        IntVector lower2 = IntVector.fromArray(INTS, INTS_INDEXES, 16);
        IntVector upper2 = IntVector.fromArray(INTS, INTS_INDEXES, 24);
        IntVector lower1 = IntVector.fromArray(INTS, INTS_INDEXES, 32);
        IntVector upper1 = IntVector.fromArray(INTS, INTS_INDEXES, 40);
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
    static void transpose(
            int[] from, int fromOffset, int fromStride, int rows, int columns, int[] to, int toOffset, int toStride) {
        if (!fitsBlocks(rows, columns)) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
                }
            }
            return;
        }
        int line = LINE_BYTES / Integer.BYTES;
        for (int top = 0; top < rows; top += line) {
            for (int left = 0; left < columns; left += line) {
                for (int i = top; i < Math.min(top + line, rows); i += SIDE) {
                    int row = Math.min(i, rows - SIDE);
                    for (int j = left; j < Math.min(left + line, columns); j += SIDE) {
                        int column = Math.min(j, columns - SIDE);
                        int at = fromOffset + row * fromStride + column;
                        transposeBlock(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
    }

    private static void transposeBlock(
            int[] from, int fromOffset, int fromStride, int[] to, int toOffset, int toStride) {
        IntVector lower4 = IntVector.fromArray(INTS, INTS_INDEXES, 0);
        IntVector upper4 = IntVector.fromArray(INTS, INTS_INDEXES, 8);
        IntVector lower2 = IntVector.fromArray(INTS, INTS_INDEXES, 16);
        IntVector upper2 = IntVector.fromArray(INTS, INTS_INDEXES, 24);
        IntVector lower1 = IntVector.fromArray(INTS, INTS_INDEXES, 32);
        IntVector upper1 = IntVector.fromArray(INTS, INTS_INDEXES, 40);
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

    /** Whether four-byte elements go in blocks: registers must hold their rows. */
    private static boolean fitsBlocks(int rows, int columns) {
        return Math.min(rows, columns) >= SIDE && Lanes.LENGTH >= SIDE;
    }

    /** As for {@code float[]}. */
    static void transpose(
            short[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            short[] to,
            int toOffset,
            int toStride) {
        if (Math.min(rows, columns) < SIDE) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
                }
            }
            return;
        }
        int line = LINE_BYTES / Short.BYTES;
        for (int top = 0; top < rows; top += line) {
            for (int left = 0; left < columns; left += line) {
                for (int i = top; i < Math.min(top + line, rows); i += SIDE) {
                    int row = Math.min(i, rows - SIDE);
                    for (int j = left; j < Math.min(left + line, columns); j += SIDE) {
                        int column = Math.min(j, columns - SIDE);
                        int at = fromOffset + row * fromStride + column;
                        transposeBlock(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
    }

    private static void transposeBlock(
            short[] from, int fromOffset, int fromStride, short[] to, int toOffset, int toStride) {
        ShortVector lower4 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 0);
        ShortVector upper4 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 8);
        ShortVector lower2 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 16);
        ShortVector upper2 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 24);
        ShortVector lower1 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 32);
        ShortVector upper1 = ShortVector.fromArray(SHORTS, SHORTS_INDEXES, 40);
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

    /** As for {@code float[]}. */
    static void transpose(
            byte[] from, int fromOffset, int fromStride, int rows, int columns, byte[] to, int toOffset, int toStride) {
        if (Math.min(rows, columns) < SIDE) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
                }
            }
            return;
        }
        int line = LINE_BYTES / Byte.BYTES;
        for (int top = 0; top < rows; top += line) {
            for (int left = 0; left < columns; left += line) {
                for (int i = top; i < Math.min(top + line, rows); i += SIDE) {
                    int row = Math.min(i, rows - SIDE);
                    for (int j = left; j < Math.min(left + line, columns); j += SIDE) {
                        int column = Math.min(j, columns - SIDE);
                        int at = fromOffset + row * fromStride + column;
                        transposeBlock(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
    }

    private static void transposeBlock(
            byte[] from, int fromOffset, int fromStride, byte[] to, int toOffset, int toStride) {
        long r0 = (long) EIGHT_BYTES.get(from, fromOffset);
        long r1 = (long) EIGHT_BYTES.get(from, fromOffset + fromStride);
        long r2 = (long) EIGHT_BYTES.get(from, fromOffset + 2 * fromStride);
        long r3 = (long) EIGHT_BYTES.get(from, fromOffset + 3 * fromStride);
        long r4 = (long) EIGHT_BYTES.get(from, fromOffset + 4 * fromStride);
        long r5 = (long) EIGHT_BYTES.get(from, fromOffset + 5 * fromStride);
        long r6 = (long) EIGHT_BYTES.get(from, fromOffset + 6 * fromStride);
        long r7 = (long) EIGHT_BYTES.get(from, fromOffset + 7 * fromStride);
        long a0 = (r0 & LOWER_4) | ((r4 & LOWER_4) << 32);
        long a4 = ((r0 >>> 32) & LOWER_4) | (r4 & ~LOWER_4);
        long a1 = (r1 & LOWER_4) | ((r5 & LOWER_4) << 32);
        long a5 = ((r1 >>> 32) & LOWER_4) | (r5 & ~LOWER_4);
        long a2 = (r2 & LOWER_4) | ((r6 & LOWER_4) << 32);
        long a6 = ((r2 >>> 32) & LOWER_4) | (r6 & ~LOWER_4);
        long a3 = (r3 & LOWER_4) | ((r7 & LOWER_4) << 32);
        long a7 = ((r3 >>> 32) & LOWER_4) | (r7 & ~LOWER_4);
        long b0 = (a0 & LOWER_2) | ((a2 & LOWER_2) << 16);
        long b2 = ((a0 >>> 16) & LOWER_2) | (a2 & ~LOWER_2);
        long b1 = (a1 & LOWER_2) | ((a3 & LOWER_2) << 16);
        long b3 = ((a1 >>> 16) & LOWER_2) | (a3 & ~LOWER_2);
        long b4 = (a4 & LOWER_2) | ((a6 & LOWER_2) << 16);
        long b6 = ((a4 >>> 16) & LOWER_2) | (a6 & ~LOWER_2);
        long b5 = (a5 & LOWER_2) | ((a7 & LOWER_2) << 16);
        long b7 = ((a5 >>> 16) & LOWER_2) | (a7 & ~LOWER_2);
        long c0 = (b0 & LOWER_1) | ((b1 & LOWER_1) << 8);
        long c1 = ((b0 >>> 8) & LOWER_1) | (b1 & ~LOWER_1);
        long c2 = (b2 & LOWER_1) | ((b3 & LOWER_1) << 8);
        long c3 = ((b2 >>> 8) & LOWER_1) | (b3 & ~LOWER_1);
        long c4 = (b4 & LOWER_1) | ((b5 & LOWER_1) << 8);
        long c5 = ((b4 >>> 8) & LOWER_1) | (b5 & ~LOWER_1);
        long c6 = (b6 & LOWER_1) | ((b7 & LOWER_1) << 8);
        long c7 = ((b6 >>> 8) & LOWER_1) | (b7 & ~LOWER_1);
        EIGHT_BYTES.set(to, toOffset, c0);
        EIGHT_BYTES.set(to, toOffset + toStride, c1);
        EIGHT_BYTES.set(to, toOffset + 2 * toStride, c2);
        EIGHT_BYTES.set(to, toOffset + 3 * toStride, c3);
        EIGHT_BYTES.set(to, toOffset + 4 * toStride, c4);
        EIGHT_BYTES.set(to, toOffset + 5 * toStride, c5);
        EIGHT_BYTES.set(to, toOffset + 6 * toStride, c6);
        EIGHT_BYTES.set(to, toOffset + 7 * toStride, c7);
    }
}

package dev.infermark.kernel.simd;

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
                        FourByteBlock.transpose(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
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
                        FourByteBlock.transpose(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
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
                        TwoByteBlock.transpose(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
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
                        OneByteBlock.transpose(from, at, fromStride, to, toOffset + column * toStride + row, toStride);
                    }
                }
            }
        }
    }
}

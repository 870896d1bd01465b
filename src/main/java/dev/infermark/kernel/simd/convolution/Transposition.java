package dev.infermark.kernel.simd.convolution;

/** Turns rows into columns. */
final class Transposition {
    /** Rows read side by side, so that as many neighbours are written at a time. */
    private static final int BLOCK = 8;

    private Transposition() {}

    /** Writes element (i, j) of a matrix as element (j, i) of another; strides are from one row to the next. */
    static void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            float[] to,
            int toOffset,
            int toStride,
            int rows,
            int columns) {
        int i = 0;
        for (; i <= rows - BLOCK; i += BLOCK) {
            block(from, fromOffset + i * fromStride, fromStride, to, toOffset + i, toStride, columns);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
            }
        }
    }

    private static void block(
            float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride, int columns) {
        for (int j = 0; j < columns; j++) {
            int out = toOffset + j * toStride;
            int in = fromOffset + j;
            to[out] = from[in];
            to[out + 1] = from[in + fromStride];
            to[out + 2] = from[in + 2 * fromStride];
            to[out + 3] = from[in + 3 * fromStride];
            to[out + 4] = from[in + 4 * fromStride];
            to[out + 5] = from[in + 5 * fromStride];
            to[out + 6] = from[in + 6 * fromStride];
            to[out + 7] = from[in + 7 * fromStride];
        }
    }
}

package dev.infermark.kernel.simd;

/** Transposes matrices in bands of rows that stay in the first-level cache; each band fills lines of the result. */
final class Transposer {
    private static final int LINE_BYTES = 64;

    private Transposer() {}

    /** to(j, i) = from(i, j) of {@code rows} rows of {@code columns} in {@code from}. */
    static void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        int band = LINE_BYTES / Float.BYTES;
        for (int i = 0; i < rows; i += band) {
            int height = Math.min(band, rows - i);
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < height; r++) {
                    to[toOffset + j * toStride + i + r] = from[fromOffset + (i + r) * fromStride + j];
                }
            }
        }
    }

    /** As for {@code float[]}. */
    static void transpose(
            int[] from, int fromOffset, int fromStride, int rows, int columns, int[] to, int toOffset, int toStride) {
        int band = LINE_BYTES / Integer.BYTES;
        for (int i = 0; i < rows; i += band) {
            int height = Math.min(band, rows - i);
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < height; r++) {
                    to[toOffset + j * toStride + i + r] = from[fromOffset + (i + r) * fromStride + j];
                }
            }
        }
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
        int band = LINE_BYTES / Short.BYTES;
        for (int i = 0; i < rows; i += band) {
            int height = Math.min(band, rows - i);
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < height; r++) {
                    to[toOffset + j * toStride + i + r] = from[fromOffset + (i + r) * fromStride + j];
                }
            }
        }
    }

    /** As for {@code float[]}. */
    static void transpose(
            byte[] from, int fromOffset, int fromStride, int rows, int columns, byte[] to, int toOffset, int toStride) {
        int band = LINE_BYTES / Byte.BYTES;
        for (int i = 0; i < rows; i += band) {
            int height = Math.min(band, rows - i);
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < height; r++) {
                    to[toOffset + j * toStride + i + r] = from[fromOffset + (i + r) * fromStride + j];
                }
            }
        }
    }
}

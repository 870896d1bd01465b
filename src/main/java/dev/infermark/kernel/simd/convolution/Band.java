package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;

/**
 * A few rows of the output, and the padded part of an image that their windows see: a piece of work whose data stay in
 * cache.
 *
 * @param rows of the output; the last band of an image may have fewer
 * @param inputRows rows that their windows see
 * @param pixel elements of a padded pixel
 * @param row elements of a padded row
 */
record Band(int rows, int inputRows, int pixel, int row) {
    /** What a quarter of a common second-level cache holds: the band shares it with a panel and with sums. */
    private static final int LARGEST = 1 << 16;

    /** Divides the output's rows evenly into bands as large as fit. */
    static Band of(Convolution2d convolution, int pixel) {
        int height = convolution.output().height();
        int row = Math.multiplyExact(
                pixel,
                span(
                        convolution.output().width(),
                        convolution.horizontal().stride(),
                        convolution.horizontal().extent()));
        int stride = convolution.vertical().stride();
        int extent = convolution.vertical().extent();
        int fitting = Math.clamp(((long) LARGEST / row - extent) / stride + 1, 1, height);
        int rows = Math.ceilDiv(height, Math.ceilDiv(height, fitting));
        return new Band(rows, span(rows, stride, extent), pixel, row);
    }

    /** Elements that so many places of a window see. */
    private static int span(int places, int stride, int extent) {
        return (places - 1) * stride + extent;
    }

    /** Elements of the padded part. */
    int elements() {
        return Math.multiplyExact(inputRows, row);
    }

    /** Pixels of a padded row. */
    int width() {
        return row / pixel;
    }

    /** Where the window of each output pixel starts; the last repeats itself to fill the last tile. */
    int[] bases(Convolution2d convolution) {
        int width = convolution.output().width();
        int pixels = rows * width;
        int[] bases = new int[Math.ceilDiv(pixels, WindowTile.PIXELS) * WindowTile.PIXELS];
        for (int i = 0; i < bases.length; i++) {
            int y = Math.min(i, pixels - 1) / width;
            int x = Math.min(i, pixels - 1) % width;
            bases[i] = y * convolution.vertical().stride() * row + x * convolution.horizontal().stride() * pixel;
        }
        return bases;
    }
}

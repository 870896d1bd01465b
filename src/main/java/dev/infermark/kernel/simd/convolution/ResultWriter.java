package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Sums;

/**
 * Brings the sums of a panel, pixel by pixel, to the output's layout.
 *
 * @param <R> the array of results
 */
final class ResultWriter<R> {
    private final ImageShape output;
    private final Sums<R> type;
    private final int columns;
    private final float[] planes;

    ResultWriter(ImageShape output, Sums<R> type, int columns, int pixels) {
        this.output = output;
        this.type = type;
        this.columns = columns;
        this.planes = new float[output.layout() == ImageLayout.NCHW ? columns * pixels : 0];
    }

    /** Stores sums of the first block, or adds those of a later one to what is there. */
    void write(float[] sums, int block, R to, int image, int row, int pixels, int filter, int filters) {
        switch (output.layout()) {
            case NHWC -> {
                int at = output.index(image, row, 0, filter);
                for (int i = 0; i < pixels; i++) {
                    put(sums, i * columns, block, to, at + i * output.channels(), filters);
                }
            }
            case NCHW -> {
                Transposition.transpose(sums, 0, columns, planes, 0, pixels, pixels, filters);
                for (int f = 0; f < filters; f++) {
                    put(planes, f * pixels, block, to, output.index(image, row, 0, filter + f), pixels);
                }
            }
        }
    }

    private void put(float[] from, int fromOffset, int block, R to, int toOffset, int length) {
        if (block == 0) {
            type.store(from, fromOffset, to, toOffset, length);
        } else {
            type.add(from, fromOffset, to, toOffset, length);
        }
    }
}

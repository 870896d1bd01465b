package dev.infermark.kernel.simd;

import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pooling where the pixels of a channel are neighbours: windows side by side in a vector where they move by 1 or 2 and
 * need no padding, one after the other else.
 */
final class PlanePooling {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Every second lane of a vector and the one after it. */
    private static final VectorShuffle<Float> EVEN = VectorShuffle.iota(SPECIES, 0, 2, false);

    private PlanePooling() {}

    static void pool(Pooling2d pooling, float[] x, float[] y) {
        ImageShape input = pooling.input();
        ImageShape output = pooling.output();
        for (int plane = 0; plane < input.batch() * input.channels(); plane++) {
            for (int row = 0; row < output.height(); row++) {
                Extent rows = Extent.of(pooling.vertical(), row, input.height());
                int from = plane * input.pixels() + rows.from() * input.width();
                row(pooling, x, from, rows.length(), y, plane * output.pixels() + row * output.width());
            }
        }
    }

    /** One row of the output, from so many rows of the input. */
    private static void row(Pooling2d pooling, float[] x, int from, int rows, float[] y, int to) {
        Window window = pooling.horizontal();
        int width = pooling.input().width();
        int places = window.places(width);
        int column = 0;
        while (column < places) {
            int first = column * window.stride() - window.before();
            // A vector of windows reads up to the element behind its last one.
            int behind = first + window.stride() * LANES + window.size() - 1;
            if (window.stride() <= 2 && column + LANES <= places && first >= 0 && behind <= width) {
                if (pooling.kind() == Pooling2d.Kind.MAX) {
                    max(x, from + first, width, rows, window, y, to + column);
                } else {
                    int divisor = pooling.divisor(rows, window.size());
                    mean(x, from + first, width, rows, window, divisor, y, to + column);
                }
                column += LANES;
            } else {
                y[to + column] = one(pooling, x, from, rows, Extent.of(window, column, width));
                column++;
            }
        }
    }

    private static void max(float[] x, int from, int width, int rows, Window window, float[] y, int to) {
        FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < window.size(); j++) {
                int at = from + i * width + j;
                FloatVector next = FloatVector.fromArray(SPECIES, x, at);
                if (window.stride() == 2) {
                    max = max.max(next.rearrange(EVEN, FloatVector.fromArray(SPECIES, x, at + LANES)));
                } else {
                    max = max.max(next);
                }
            }
        }
        max.intoArray(y, to);
    }

    private static void mean(float[] x, int from, int width, int rows, Window window, int divisor, float[] y, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < window.size(); j++) {
                int at = from + i * width + j;
                FloatVector next = FloatVector.fromArray(SPECIES, x, at);
                if (window.stride() == 2) {
                    sum = sum.add(next.rearrange(EVEN, FloatVector.fromArray(SPECIES, x, at + LANES)));
                } else {
                    sum = sum.add(next);
                }
            }
        }
        sum.div(divisor).intoArray(y, to);
    }

    private static float one(Pooling2d pooling, float[] x, int from, int rows, Extent columns) {
        int width = pooling.input().width();
        float divisor = pooling.divisor(rows, columns.length());
        if (pooling.kind() != Pooling2d.Kind.MAX && columns.length() == width) {
            return Sums.of(x, from, rows * width) / divisor;
        }
        float max = Float.NEGATIVE_INFINITY;
        float sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = columns.from(); j < columns.to(); j++) {
                max = Math.max(max, x[from + i * width + j]);
                sum += x[from + i * width + j];
            }
        }
        return pooling.kind() == Pooling2d.Kind.MAX ? max : sum / divisor;
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pooling where the pixels of a channel are neighbours: windows side by side in a vector where they move by 1 or 2 and
 * need no padding, one after the other else.
 */
final class PlanePooling {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Every second lane of two vectors. */
    private static final IntVector EVEN =
            IntVector.zero(IntVector.SPECIES_PREFERRED).addIndex(2);

    private PlanePooling() {}

    static void pool(Pooling2d pooling, float[] x, float[] y) {
        ImageShape input = pooling.input();
        ImageShape output = pooling.output();
        for (int plane = 0; plane < input.batch() * input.channels(); plane++) {
            for (int row = 0; row < output.height(); row++) {
                int top = Extent.from(pooling.vertical(), row);
                int rows = Extent.to(pooling.vertical(), row, input.height()) - top;
                int from = plane * input.pixels() + top * input.width();
                row(pooling, x, from, rows, y, plane * output.pixels() + row * output.width());
            }
        }
    }

    /** One row of the output, from so many rows of the input. */
    private static void row(Pooling2d pooling, float[] x, int from, int rows, float[] y, int to) {
        Window window = pooling.horizontal();
        int width = pooling.input().width();
        int places = window.places(width);
        int first = Math.ceilDiv(window.before(), window.stride());
        // A vector of windows reads the stride's rest behind its last one.
        int reach = window.stride() * LANES + window.size() - 1;
        int last = Math.floorDiv(width + window.before() - reach, window.stride());
        boolean isVectorised = window.stride() <= 2 && first <= last;
        int column = 0;
        for (; column < (isVectorised ? first : places); column++) {
            y[to + column] = one(pooling, x, from, rows, column);
        }
        while (column < places && isVectorised) {
            int start = Math.min(column, last);
            vector(pooling, x, from + start * window.stride() - window.before(), rows, y, to + start);
            column = start + LANES;
            isVectorised = start < last;
        }
        for (; column < places; column++) {
            y[to + column] = one(pooling, x, from, rows, column);
        }
    }

    private static void vector(Pooling2d pooling, float[] x, int from, int rows, float[] y, int to) {
        int width = pooling.input().width();
        int columns = pooling.horizontal().size();
        boolean isDense = pooling.horizontal().stride() == 1;
        if (pooling.kind() == Pooling2d.Kind.MAX) {
            if (isDense) {
                max(x, from, width, rows, columns, y, to);
            } else {
                maxOfEven(x, from, width, rows, columns, y, to);
            }
        } else {
            int divisor = pooling.divisor(rows, columns);
            if (isDense) {
                mean(x, from, width, rows, columns, divisor, y, to);
            } else {
                meanOfEven(x, from, width, rows, columns, divisor, y, to);
            }
        }
    }

    private static void max(float[] x, int from, int width, int rows, int columns, float[] y, int to) {
        FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                max = max.max(FloatVector.fromArray(SPECIES, x, from + i * width + j));
            }
        }
        max.intoArray(y, to);
    }

    private static void maxOfEven(float[] x, int from, int width, int rows, int columns, float[] y, int to) {
        FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                max = max.max(even(x, from + i * width + j));
            }
        }
        max.intoArray(y, to);
    }

    private static void mean(float[] x, int from, int width, int rows, int columns, int divisor, float[] y, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, from + i * width + j));
            }
        }
        sum.div(divisor).intoArray(y, to);
    }

    private static void meanOfEven(
            float[] x, int from, int width, int rows, int columns, int divisor, float[] y, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum = sum.add(even(x, from + i * width + j));
            }
        }
        sum.div(divisor).intoArray(y, to);
    }

    private static FloatVector even(float[] x, int at) {
        return EVEN.selectFrom(
                        FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts(),
                        FloatVector.fromArray(SPECIES, x, at + LANES).reinterpretAsInts())
                .reinterpretAsFloats();
    }

    /** The window at one place of a row. */
    private static float one(Pooling2d pooling, float[] x, int from, int rows, int place) {
        int width = pooling.input().width();
        int left = Extent.from(pooling.horizontal(), place);
        int right = Extent.to(pooling.horizontal(), place, width);
        float divisor = pooling.divisor(rows, right - left);
        if (pooling.kind() != Pooling2d.Kind.MAX && right - left == width) {
            return Sums.of(x, from, rows * width) / divisor;
        }
        float max = Float.NEGATIVE_INFINITY;
        float sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = left; j < right; j++) {
                max = Math.max(max, x[from + i * width + j]);
                sum += x[from + i * width + j];
            }
        }
        return pooling.kind() == Pooling2d.Kind.MAX ? max : sum / divisor;
    }
}

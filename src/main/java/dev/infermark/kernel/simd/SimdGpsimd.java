package dev.infermark.kernel.simd;

import dev.infermark.kernel.provider.GpsimdSupport;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As many elements at a time as the host's vectors hold; what is left of a row goes one by one. */
final class SimdGpsimd implements GpsimdSupport {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final int LANES = SPECIES.length();
    /** 0, 1, 2 and so on. */
    private static final FloatVector COUNTING = FloatVector.zero(SPECIES).addIndex(1);

    /** As many rows at a time as a vector has lanes, whose loops over whole vectors are then alike. */
    @Override
    public void affineSelect(
            float[] x, float[] y, int at, int rows, int columns, int diagonal, float replacement) {
        for (int first = 0; first < rows; first += LANES) {
            int whole = kept(first, columns, diagonal) / LANES * LANES;
            int end = Math.min(first + LANES, rows);
            for (int i = first; i < end; i++) {
                selectRow(x, y, at + i * columns, columns, whole, kept(i, columns, diagonal), replacement);
            }
        }
    }

    private static int kept(int row, int columns, int diagonal) {
        return (int) Math.max(0, Math.min((long) diagonal + row + 1, columns));
    }

    /** Whole vectors of x, the two that the diagonal may cross, whole vectors of the replacement, the rest. */
    private static void selectRow(
            float[] x, float[] y, int at, int columns, int whole, int kept, float replacement) {
        FloatVector replacements = FloatVector.broadcast(SPECIES, replacement);
        int vectors = columns / LANES * LANES;
        int crossed = Math.min(whole + 2 * LANES, vectors);
        int j = 0;
        for (; j < whole; j += LANES) {
            FloatVector.fromArray(SPECIES, x, at + j).intoArray(y, at + j);
        }
        for (; j < crossed; j += LANES) {
            VectorMask<Float> isReplaced = COUNTING.compare(VectorOperators.GE, (float) (kept - j));
            FloatVector.fromArray(SPECIES, x, at + j).blend(replacements, isReplaced).intoArray(y, at + j);
        }
        for (; j < vectors; j += LANES) {
            replacements.intoArray(y, at + j);
        }
        for (; j < columns; j++) {
            y[at + j] = j < kept ? x[at + j] : replacement;
        }
    }

    @Override
    public void iota(float[] y, int at, int length, int index, float first, float step) {
        IntVector positions = IntVector.zero(INTS).addIndex(1).add(index);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector counts = (FloatVector) positions.convertShape(VectorOperators.I2F, SPECIES, 0);
            counts.mul(step).add(first).intoArray(y, at + i);
            positions = positions.add(LANES);
        }
        for (; i < length; i++) {
            y[at + i] = first + step * (index + i);
        }
    }

    @Override
    public void iota(int[] y, int at, int length, int index, int first, int step) {
        IntVector values = IntVector.zero(INTS).addIndex(1).add(index).mul(step).add(first);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            values.intoArray(y, at + i);
            values = values.add(LANES * step);
        }
        for (; i < length; i++) {
            y[at + i] = first + step * (index + i);
        }
    }

    @Override
    public void relu(float[] x, int at, float[] y, int toAt, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector values = FloatVector.fromArray(SPECIES, x, at + i);
            values.blend(0f, values.compare(VectorOperators.LT, 0f)).intoArray(y, toAt + i);
        }
        for (; i < length; i++) {
            y[toAt + i] = x[at + i] < 0 ? 0 : x[at + i];
        }
    }

    @Override
    public int firstAbove(float[] x, int at, int length, float threshold) {
        int end = at + length;
        if (Float.isNaN(threshold)) {
            return end;
        }
        int i = at;
        for (; i <= end - LANES; i += LANES) {
            // Not "above", since NaN, which is neither above nor below, is to be found too.
            VectorMask<Float> isBelow =
                    FloatVector.fromArray(SPECIES, x, i).compare(VectorOperators.LE, threshold);
            if (!isBelow.allTrue()) {
                return i + isBelow.not().firstTrue();
            }
        }
        while (i < end && x[i] <= threshold) {
            i++;
        }
        return i;
    }

    @Override
    public boolean overlapsAny(
            float[] boxes,
            int capacity,
            int count,
            float left,
            float top,
            float right,
            float bottom,
            float threshold) {
        float area = (right - left) * (bottom - top);
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            FloatVector lefts = FloatVector.fromArray(SPECIES, boxes, i);
            FloatVector tops = FloatVector.fromArray(SPECIES, boxes, capacity + i);
            FloatVector rights = FloatVector.fromArray(SPECIES, boxes, 2 * capacity + i);
            FloatVector bottoms = FloatVector.fromArray(SPECIES, boxes, 3 * capacity + i);
            FloatVector areas = rights.sub(lefts).mul(bottoms.sub(tops));
            FloatVector widths = rights.min(right).sub(lefts.max(left));
            FloatVector heights = bottoms.min(bottom).sub(tops.max(top));
            FloatVector intersections = widths.blend(0f, widths.compare(VectorOperators.GT, 0f).not())
                    .mul(heights.blend(0f, heights.compare(VectorOperators.GT, 0f).not()));
            FloatVector unions = areas.add(area).sub(intersections);
            if (intersections.div(unions).compare(VectorOperators.GT, threshold).anyTrue()) {
                return true;
            }
        }
        return i < count && overlapsLast(boxes, capacity, i, count, left, top, right, bottom, threshold);
    }

    private static boolean overlapsLast(
            float[] boxes,
            int capacity,
            int from,
            int count,
            float left,
            float top,
            float right,
            float bottom,
            float threshold) {
        float area = (right - left) * (bottom - top);
        for (int i = from; i < count; i++) {
            float width = Math.min(right, boxes[2 * capacity + i]) - Math.max(left, boxes[i]);
            float height = Math.min(bottom, boxes[3 * capacity + i]) - Math.max(top, boxes[capacity + i]);
            float intersection = (width > 0 ? width : 0) * (height > 0 ? height : 0);
            float otherArea =
                    (boxes[2 * capacity + i] - boxes[i]) * (boxes[3 * capacity + i] - boxes[capacity + i]);
            if (intersection / (area + otherArea - intersection) > threshold) {
                return true;
            }
        }
        return false;
    }
}

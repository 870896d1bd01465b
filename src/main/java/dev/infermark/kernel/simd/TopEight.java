package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The eight largest elements of a row: vectors without one larger than the eighth so far are passed over. */
final class TopEight {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TOP = 8;

    private TopEight() {}

    static void row(float[] x, int offset, int n, float[] values, int valuesAt, int[] columns, int columnsAt) {
        for (int j = 0; j < TOP; j++) {
            insert(x[offset + j], j, j, values, valuesAt, columns, columnsAt);
        }
        int j = TOP;
        for (; j <= n - LANES; j += LANES) {
            VectorMask<Float> passed = FloatVector.fromArray(SPECIES, x, offset + j)
                    .compare(VectorOperators.LE, values[valuesAt + TOP - 1]);
            if (!passed.allTrue()) {
                insertAll(x, offset, j, j + LANES, values, valuesAt, columns, columnsAt);
            }
        }
        insertAll(x, offset, j, n, values, valuesAt, columns, columnsAt);
    }

    private static void insertAll(
            float[] x, int offset, int from, int to, float[] values, int valuesAt, int[] columns, int columnsAt) {
        for (int j = from; j < to; j++) {
            if (isLarger(x[offset + j], values[valuesAt + TOP - 1])) {
                insert(x[offset + j], j, TOP - 1, values, valuesAt, columns, columnsAt);
            }
        }
    }

    /** Moves what is less than an element down from below a place, and the element to where that ends. */
    private static void insert(
            float value, int column, int below, float[] values, int valuesAt, int[] columns, int columnsAt) {
        int place = below;
        while (place > 0 && isLarger(value, values[valuesAt + place - 1])) {
            values[valuesAt + place] = values[valuesAt + place - 1];
            columns[columnsAt + place] = columns[columnsAt + place - 1];
            place--;
        }
        values[valuesAt + place] = value;
        columns[columnsAt + place] = column;
    }

    private static boolean isLarger(float a, float b) {
        return a > b || (Float.isNaN(a) && !Float.isNaN(b));
    }
}

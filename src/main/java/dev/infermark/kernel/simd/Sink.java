package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Moves the results of a tile into part of C. */
public final class Sink {
    private Sink() {}

    /** Stores or adds {@code rows} rows of {@code columns}; to INT32, results must be integers. */
    public static void put(float[] results, int stride, int rows, int columns, Update update, Matrix<?> c, int to) {
        for (int i = 0; i < rows; i++) {
            int from = i * stride;
            int toRow = to + i * c.leadingDimension();
            switch (c.data()) {
                case float[] sums when update == Update.STORE -> System.arraycopy(results, from, sums, toRow, columns);
                case float[] sums -> add(results, from, sums, toRow, columns);
                case int[] sums when update == Update.STORE -> store(results, from, sums, toRow, columns);
                case int[] sums -> add(results, from, sums, toRow, columns);
                default -> throw new IllegalArgumentException("c must be float[] or int[]");
            }
        }
    }

    private static void add(float[] results, int from, float[] sums, int to, int length) {
        for (int i = 0; i < length; i++) {
            sums[to + i] += results[from + i];
        }
    }

    private static void store(float[] results, int from, int[] sums, int to, int length) {
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            integers(results, from + i).intoArray(sums, to + i);
        }
        for (; i < length; i++) {
            sums[to + i] = (int) results[from + i];
        }
    }

    private static void add(float[] results, int from, int[] sums, int to, int length) {
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            IntVector before = IntVector.fromArray(Lanes.INTS, sums, to + i);
            before.add(integers(results, from + i)).intoArray(sums, to + i);
        }
        for (; i < length; i++) {
            sums[to + i] += (int) results[from + i];
        }
    }

    private static IntVector integers(float[] results, int from) {
        return (IntVector) FloatVector.fromArray(Lanes.FLOATS, results, from).convert(VectorOperators.F2I, 0);
    }
}

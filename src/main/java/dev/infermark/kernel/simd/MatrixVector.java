package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of products of a matrix and a vector, which read the matrix once, as it is stored. Each result is
 * summed in an order that depends on the lengths alone. It owns its buffers: one thread uses it at a time.
 */
final class MatrixVector {
    /** Rows that a call takes. */
    static final int ROWS = 4;

    private static final int LANES = Lanes.LENGTH;

    private final float[] sums = new float[ROWS * LANES];

    /**
     * Adds the products of four stored rows and x to four results.
     *
     * @param m holds the rows
     * @param rows where they start
     * @param x the vector, from its start
     * @param xOffset where in x to start
     * @param length of the rows
     * @param y four results
     */
    void dot(float[] m, int[] rows, float[] x, int xOffset, int length, float[] y) {
        FloatVector sum00 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum01 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum10 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum11 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum20 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum21 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum30 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum31 = FloatVector.zero(Lanes.FLOATS);
        int row0 = rows[0];
        int row1 = rows[1];
        int row2 = rows[2];
        int row3 = rows[3];
        int p = 0;
        for (; p <= length - 2 * LANES; p += 2 * LANES) {
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + p);
            FloatVector x1 = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + p + LANES);
            sum00 = x0.fma(FloatVector.fromArray(Lanes.FLOATS, m, row0 + p), sum00);
            sum01 = x1.fma(FloatVector.fromArray(Lanes.FLOATS, m, row0 + p + LANES), sum01);
            sum10 = x0.fma(FloatVector.fromArray(Lanes.FLOATS, m, row1 + p), sum10);
            sum11 = x1.fma(FloatVector.fromArray(Lanes.FLOATS, m, row1 + p + LANES), sum11);
            sum20 = x0.fma(FloatVector.fromArray(Lanes.FLOATS, m, row2 + p), sum20);
            sum21 = x1.fma(FloatVector.fromArray(Lanes.FLOATS, m, row2 + p + LANES), sum21);
            sum30 = x0.fma(FloatVector.fromArray(Lanes.FLOATS, m, row3 + p), sum30);
            sum31 = x1.fma(FloatVector.fromArray(Lanes.FLOATS, m, row3 + p + LANES), sum31);
        }
        sum00.add(sum01).intoArray(sums, 0);
        sum10.add(sum11).intoArray(sums, LANES);
        sum20.add(sum21).intoArray(sums, 2 * LANES);
        sum30.add(sum31).intoArray(sums, 3 * LANES);
        for (int r = 0; r < ROWS; r++) {
            float sum = 0;
            for (int rest = p; rest < length; rest++) {
                sum = Math.fma(m[rows[r] + rest], x[xOffset + rest], sum);
            }
            // Not reduceLanes, whose order may change when the loop is compiled.
            for (int lane = 0; lane < LANES; lane++) {
                sum += sums[r * LANES + lane];
            }
            y[r] += sum;
        }
    }

    /**
     * y = fma(x[i], row i of m, y) for each of some stored rows in turn.
     *
     * @param m holds the rows
     * @param mOffset where the first starts
     * @param stride from one row to the next
     * @param rows how many
     * @param length of the rows
     * @param x one factor per row
     * @param xOffset the first of them
     * @param y sums, from its start
     */
    void addRows(float[] m, int mOffset, int stride, int rows, int length, float[] x, int xOffset, float[] y) {
        int i = 0;
        for (; i <= rows - ROWS; i += ROWS) {
            addFourRows(m, mOffset + i * stride, stride, length, x, xOffset + i, y);
        }
        for (; i < rows; i++) {
            float factor = x[xOffset + i];
            int row = mOffset + i * stride;
            for (int j = 0; j < length; j++) {
                y[j] = Math.fma(factor, m[row + j], y[j]);
            }
        }
    }

    private static void addFourRows(float[] m, int mOffset, int stride, int length, float[] x, int xOffset, float[] y) {
        float x0 = x[xOffset];
        float x1 = x[xOffset + 1];
        float x2 = x[xOffset + 2];
        float x3 = x[xOffset + 3];
        FloatVector factor0 = FloatVector.broadcast(Lanes.FLOATS, x0);
        FloatVector factor1 = FloatVector.broadcast(Lanes.FLOATS, x1);
        FloatVector factor2 = FloatVector.broadcast(Lanes.FLOATS, x2);
        FloatVector factor3 = FloatVector.broadcast(Lanes.FLOATS, x3);
        int row1 = mOffset + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        int whole = Lanes.FLOATS.loopBound(length);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, y, j);
            sum = factor0.fma(FloatVector.fromArray(Lanes.FLOATS, m, mOffset + j), sum);
            sum = factor1.fma(FloatVector.fromArray(Lanes.FLOATS, m, row1 + j), sum);
            sum = factor2.fma(FloatVector.fromArray(Lanes.FLOATS, m, row2 + j), sum);
            sum = factor3.fma(FloatVector.fromArray(Lanes.FLOATS, m, row3 + j), sum);
            sum.intoArray(y, j);
        }
        for (int j = whole; j < length; j++) {
            float sum = Math.fma(x0, m[mOffset + j], y[j]);
            sum = Math.fma(x1, m[row1 + j], sum);
            sum = Math.fma(x2, m[row2 + j], sum);
            y[j] = Math.fma(x3, m[row3 + j], sum);
        }
    }
}

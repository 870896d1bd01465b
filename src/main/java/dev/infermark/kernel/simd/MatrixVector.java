package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of products of a matrix and a vector, which read the matrix once, as it is stored. Each result is
 * summed in an order that depends on the lengths alone. It owns its buffers: one thread uses it at a time.
 */
final class MatrixVector {
    /** Rows that a call takes: many, because the loads of one call do not overlap with those of the next. */
    static final int ROWS = 8;

    /** Rows that are added to sums at once. */
    private static final int ADDED_ROWS = 4;

    private static final int LANES = Lanes.LENGTH;

    private final float[] sums = new float[ROWS * LANES];

    /**
     * Adds the products of up to eight stored rows and x to as many results.
     *
     * @param m holds the rows
     * @param row where the first starts
     * @param stride from one row to the next
     * @param rows how many, at most eight
     * @param x the vector, from its start
     * @param xOffset where in x to start
     * @param length of the rows
     * @param y at least eight; those after the results are of no use
     */
    void dot(float[] m, int row, int stride, int rows, float[] x, int xOffset, int length, float[] y) {
        int row1 = row + Math.min(1, rows - 1) * stride;
        int row2 = row + Math.min(2, rows - 1) * stride;
        int row3 = row + Math.min(3, rows - 1) * stride;
        int row4 = row + Math.min(4, rows - 1) * stride;
        int row5 = row + Math.min(5, rows - 1) * stride;
        int row6 = row + Math.min(6, rows - 1) * stride;
        int row7 = row + Math.min(7, rows - 1) * stride;
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum4 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum5 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum6 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum7 = FloatVector.zero(Lanes.FLOATS);
        int whole = Lanes.FLOATS.loopBound(length);
        for (int p = 0; p < whole; p += LANES) {
            FloatVector factor = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + p);
            sum0 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row + p), sum0);
            sum1 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row1 + p), sum1);
            sum2 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row2 + p), sum2);
            sum3 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row3 + p), sum3);
            sum4 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row4 + p), sum4);
            sum5 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row5 + p), sum5);
            sum6 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row6 + p), sum6);
            sum7 = factor.fma(FloatVector.fromArray(Lanes.FLOATS, m, row7 + p), sum7);
        }
        sum0.intoArray(sums, 0);
        sum1.intoArray(sums, LANES);
        sum2.intoArray(sums, 2 * LANES);
        sum3.intoArray(sums, 3 * LANES);
        sum4.intoArray(sums, 4 * LANES);
        sum5.intoArray(sums, 5 * LANES);
        sum6.intoArray(sums, 6 * LANES);
        sum7.intoArray(sums, 7 * LANES);
        for (int r = 0; r < ROWS; r++) {
            // Not reduceLanes, whose order may change when the loop is compiled.
            float sum = 0;
            for (int lane = 0; lane < LANES; lane++) {
                sum += sums[r * LANES + lane];
            }
            y[r] += sum;
        }
        if (whole < length) {
            dotOneByOne(m, row + whole, stride, rows, x, xOffset + whole, length - whole, y);
        }
    }

    private static void dotOneByOne(
            float[] m, int row, int stride, int rows, float[] x, int xOffset, int length, float[] y) {
        for (int r = 0; r < rows; r++) {
            float sum = 0;
            for (int p = 0; p < length; p++) {
                sum = Math.fma(m[row + r * stride + p], x[xOffset + p], sum);
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
        for (; i <= rows - ADDED_ROWS; i += ADDED_ROWS) {
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

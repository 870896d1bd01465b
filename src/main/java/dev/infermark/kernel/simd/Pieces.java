package dev.infermark.kernel.simd;

import java.util.function.DoubleUnaryOperator;

/** Computes the coefficients of a {@link SaturatingFunction}. */
final class Pieces {
    /** The first piece goes from 0 to here, the others are a quarter of a binade each. */
    static final float FIRST = 0.125f;

    /** Shifts out of a positive number's bits all but the exponent and two bits of the fraction. */
    static final int SHIFT = Float.PRECISION - 3;

    /** What that leaves of numbers just below {@link #FIRST}. */
    static final int LOWEST = (Float.floatToRawIntBits(FIRST) >>> SHIFT) - 1;

    static final int COUNT = 32;

    /** Where the table's rows start: the places that pieces are developed at, the values there, and coefficients. */
    static final int CENTRE = 0;

    static final int VALUE = COUNT;
    static final int Q0 = 2 * COUNT;
    static final int Q1 = 3 * COUNT;
    static final int Q2 = 4 * COUNT;
    static final int Q3 = 5 * COUNT;
    static final int Q4 = 6 * COUNT;

    private static final int NODES = 5;
    /** Places tried on either side of a piece's middle, within a quarter of it. */
    private static final int TRIED = 4096;

    private final int[] table = LaneTable.of(7, COUNT);

    /** The pieces of a function up to {@code end}; later ones stay empty. */
    Pieces(DoubleUnaryOperator f, double end) {
        put(0, quotient(d -> f.applyAsDouble(d) - d, 0, FIRST));
        double from = FIRST;
        for (int piece = 1; from < end; piece++) {
            double to = Math.min(end, from + Math.scalb(0.25, Math.getExponent(from)));
            float centre = centre(f, from, to);
            double value = f.applyAsDouble(centre);
            put(CENTRE, piece, centre);
            put(VALUE, piece, value);
            put(piece, quotient(d -> f.applyAsDouble(centre + d) - value, from - centre, to - centre));
            from = to;
        }
    }

    /** The table, for {@link LaneTable#of32}. */
    int[] table() {
        return table;
    }

    /** The place near the middle where the function is nearest to a number of FP32. */
    private static float centre(DoubleUnaryOperator f, double from, double to) {
        float best = 0;
        double least = Double.MAX_VALUE;
        for (int i = -TRIED; i <= TRIED; i++) {
            float candidate = (float) ((from + to) / 2 + (to - from) / 4 * i / TRIED);
            double value = f.applyAsDouble(candidate);
            double distance = Math.abs((float) value - value);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    private void put(int piece, double[] coefficients) {
        for (int k = 0; k < NODES; k++) {
            put(Q0 + k * COUNT, piece, coefficients[k]);
        }
    }

    private void put(int row, int piece, double value) {
        table[row + piece] = Float.floatToRawIntBits((float) value);
    }

    /** Coefficients of the polynomial that is difference(d)/d at the Chebyshev nodes, by Newton's interpolation. */
    private static double[] quotient(DoubleUnaryOperator difference, double from, double to) {
        double[] d = new double[NODES];
        double[] divided = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            d[k] = (from + to) / 2 + (to - from) / 2 * Math.cos((k + 0.5) * Math.PI / NODES);
            divided[k] = difference.applyAsDouble(d[k]) / d[k];
        }
        for (int order = 1; order < NODES; order++) {
            for (int k = NODES - 1; k >= order; k--) {
                divided[k] = (divided[k] - divided[k - 1]) / (d[k] - d[k - order]);
            }
        }
        double[] q = new double[NODES];
        for (int k = NODES - 1; k >= 0; k--) {
            for (int j = NODES - 1; j > 0; j--) {
                q[j] = q[j - 1] - d[k] * q[j];
            }
            q[0] = divided[k] - d[k] * q[0];
        }
        return q;
    }
}

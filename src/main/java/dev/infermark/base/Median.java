package dev.infermark.base;

import java.util.Arrays;

/** The middle of a sample. */
public final class Median {
    private static final int WORTH_SELECTING = 40;

    private Median() {}

    /** The middle value of at least one, or the mean of the middle two; NaN counts as the largest. */
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values, no median");
        }
        double[] sorted = values.clone();
        int n = sorted.length;
        if (n < WORTH_SELECTING || hasNan(sorted)) {
            Arrays.sort(sorted);
        } else {
            select(sorted, (n - 1) / 2);
            select(sorted, n / 2);
        }
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static boolean hasNan(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /** Puts the value of a rank where sorting would, by Hoare's selection: long samples need no more of the order. */
    private static void select(double[] values, int rank) {
        int from = 0;
        int to = values.length - 1;
        while (from < to) {
            double pivot = values[(from + to) >>> 1];
            int i = from;
            int j = to;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double held = values[i];
                    values[i++] = values[j];
                    values[j--] = held;
                }
            }
            if (rank <= j) {
                to = j;
            } else if (rank >= i) {
                from = i;
            } else {
                return;
            }
        }
    }
}

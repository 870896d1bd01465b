package dev.infermark.base;

import java.util.Arrays;

/** The middle of a sample. */
public final class Median {
    private Median() {}

    /** The middle value of at least one, or the mean of the middle two; NaN counts as the largest. */
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values, no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}

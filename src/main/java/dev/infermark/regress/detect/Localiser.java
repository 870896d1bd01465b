package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;

/**
 * Moves a change to the run where it most likely happened: the split with the least sum of squared deviations from the
 * medians of both sides, a square counting no more than an outlier's limit (Fearnhead and Rigaill, J. Am. Statist.
 * Assoc. 114, 2019).
 */
final class Localiser {
    private static final double OUTLIER_LIMIT = 2.5;
    private static final int ROUNDS = 4;
    private static final int LEAST = 2;

    private Localiser() {}

    /** The better place for the change at {@code index} within {@code values[from, to)}. */
    static int locate(double[] values, int from, int index, int to) {
        int place = index;
        for (int round = 0; round < ROUNDS; round++) {
            int better = improve(values, from, place, to);
            if (better == place) {
                return place;
            }
            place = better;
        }
        return place;
    }

    private static int improve(double[] values, int from, int index, int to) {
        double before = Median.of(Arrays.copyOfRange(values, from, index));
        double after = Median.of(Arrays.copyOfRange(values, index, to));
        double[] deviations = new double[to - from];
        for (int i = from; i < to; i++) {
            deviations[i - from] = values[i] - (i < index ? before : after);
        }
        double limit = Math.max(Double.MIN_NORMAL, OUTLIER_LIMIT * Robust.spread(deviations, 0));
        double cost = 0;
        double least = Double.POSITIVE_INFINITY;
        int place = index;
        for (int i = from; i <= to - LEAST; i++) {
            if (i >= from + LEAST && cost < least) {
                least = cost;
                place = i;
            }
            cost += loss(values[i] - before, limit) - loss(values[i] - after, limit);
        }
        return place;
    }

    private static double loss(double deviation, double limit) {
        double bounded = Math.min(Math.abs(deviation), limit) / limit;
        return bounded * bounded;
    }
}

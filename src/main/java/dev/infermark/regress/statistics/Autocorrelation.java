package dev.infermark.regress.statistics;

import dev.infermark.base.Median;
import java.util.Arrays;
import java.util.List;

/** How far neighbouring runs resemble each other, and how much that widens the error of a mean. */
public final class Autocorrelation {
    private static final double DIFFERENCE_LIMIT = 3;
    private static final double ERRORS_OFF = 0.5;
    private static final double MAXIMUM = 0.9;
    private static final int LEAST_SERIES = 10;

    private Autocorrelation() {}

    /**
     * The lag-one coefficient of a first-order autoregressive series, of which most of a standard error (1/√n) is
     * taken off, so that white noise costs no power; between 0 and 0.9.
     *
     * @param starts where stretches of one level begin, in order, the first of them 0
     */
    public static double lagOne(double[] values, List<Integer> starts) {
        return Math.clamp(estimate(values, starts) - ERRORS_OFF / Math.sqrt(values.length), 0, MAXIMUM);
    }

    /**
     * The lag-one coefficient as estimated, 0 where it is negative or cannot be told.
     *
     * <p>The ratio of mean squared differences at lag three and lag one is 1 + φ + φ²; differences, unlike deviations
     * from a mean, hardly notice small steps in level (Tecuapetla-Gómez and Munk, Scand. J. Statist. 44, 2017), and are
     * limited to three robust spreads because an outlier's are not of the noise. Large steps are known: no difference
     * is taken across them.
     *
     * @param starts where stretches of one level begin, in order, the first of them 0
     */
    public static double estimate(double[] values, List<Integer> starts) {
        double[] atOne = differences(values, starts, 1);
        double[] atThree = differences(values, starts, 3);
        if (values.length < 8 || atThree.length < 4) {
            return 0;
        }
        double limit = DIFFERENCE_LIMIT * Robust.MAD_TO_SIGMA * Median.of(atOne);
        double one = meanSquare(atOne, limit);
        if (one == 0) {
            return 0;
        }
        double excess = Math.max(0, meanSquare(atThree, limit) / one - 1);
        return (Math.sqrt(1 + 4 * excess) - 1) / 2;
    }

    /**
     * The coefficient that a suite's series have in common, about: the median of their estimates, a standard error
     * taken off; 0 where there are fewer than ten.
     */
    public static double common(double... estimates) {
        if (estimates.length < LEAST_SERIES) {
            return 0;
        }
        double median = Median.of(estimates);
        double error = Robust.spread(estimates, median) / Math.sqrt(estimates.length);
        return Math.clamp(median - error, 0, MAXIMUM);
    }

    private static double[] differences(double[] values, List<Integer> starts, int lag) {
        double[] found = new double[values.length];
        int count = 0;
        for (int s = 0; s < starts.size(); s++) {
            int end = s + 1 < starts.size() ? starts.get(s + 1) : values.length;
            for (int i = starts.get(s); i + lag < end; i++) {
                found[count++] = Math.abs(values[i + lag] - values[i]);
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static double meanSquare(double[] values, double limit) {
        return Arrays.stream(values).map(d -> square(Math.min(d, limit))).average().orElse(0);
    }

    /** By what factor the variance of a mean of {@code n} neighbouring values exceeds that of independent ones. */
    public static double varianceInflation(int n, double coefficient) {
        if (coefficient == 0) {
            return 1;
        }
        double rest = 1 - coefficient;
        return (1 + coefficient) / rest - 2 * coefficient * (1 - Math.pow(coefficient, n)) / (n * rest * rest);
    }

    private static double square(double x) {
        return x * x;
    }
}

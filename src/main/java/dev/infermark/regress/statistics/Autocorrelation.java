package dev.infermark.regress.statistics;

import dev.infermark.base.Median;
import java.util.Arrays;

/** How far neighbouring runs resemble each other, and how much that widens the error of a mean. */
public final class Autocorrelation {
    private static final double DIFFERENCE_LIMIT = 3;
    private static final double MAXIMUM = 0.9;

    private Autocorrelation() {}

    /**
     * The lag-one coefficient of a first-order autoregressive series, of which one standard error (1/√n) is taken off,
     * so that white noise costs no power; between 0 and 0.9.
     *
     * <p>The ratio of mean squared differences at lag three and lag one is 1 + φ + φ²; differences, unlike deviations
     * from a mean, hardly notice steps in level (Tecuapetla-Gómez and Munk, Scand. J. Statist. 44, 2017), and are
     * limited to three robust spreads because a step's or an outlier's are not of the noise.
     */
    public static double lagOne(double[] values) {
        int n = values.length;
        if (n < 8) {
            return 0;
        }
        double[] steps = new double[n - 1];
        for (int i = 0; i < n - 1; i++) {
            steps[i] = Math.abs(values[i + 1] - values[i]);
        }
        double limit = DIFFERENCE_LIMIT * Robust.MAD_TO_SIGMA * Median.of(steps);
        double atOne = Arrays.stream(steps).map(d -> square(Math.min(d, limit))).average().orElse(0);
        if (atOne == 0) {
            return 0;
        }
        double atThree = 0;
        for (int i = 0; i + 3 < n; i++) {
            atThree += square(Math.min(Math.abs(values[i + 3] - values[i]), limit)) / (n - 3);
        }
        double excess = Math.max(0, atThree / atOne - 1);
        double coefficient = (Math.sqrt(1 + 4 * excess) - 1) / 2;
        return Math.clamp(coefficient - 1 / Math.sqrt(n), 0, MAXIMUM);
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

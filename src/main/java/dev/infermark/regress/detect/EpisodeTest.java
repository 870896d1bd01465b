package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Orders;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether a few neighbouring runs, fewer than a change of level needs, lie apart from all others.
 *
 * <p>Two to nine neighbours count by the least of their deviations (from five on by the second least), so one outlier
 * is no episode; the same values in random orders tell how often chance does as well.
 */
final class EpisodeTest {
    /** Most runs of an episode; what lasts longer is a change and a change back. */
    static final int LONGEST = 9;

    /** Chance, about, of a false episode in a series of independent noise. */
    private static final double LEVEL = 0.002;

    private static final int ORDERS = 1999;
    private static final int FORGIVING_FROM = 5;
    private static final int LEAST_RUNS = 20;
    private static final double ROUNDING = 1e-9;

    private final double[] variance = new double[LONGEST + 1];

    private EpisodeTest(double coefficient) {
        for (int m = 1; m <= LONGEST; m++) {
            variance[m] = Autocorrelation.varianceInflation(m, coefficient) / m;
        }
    }

    /** Runs {@code from} to {@code to}, exclusive. */
    record Stretch(int from, int to, double p) {}

    /** The noise's autocorrelation, where no difference is taken across the ends of a stretch. */
    interface Coefficient {
        double without(int from, int to);
    }

    private record Best(double statistic, int from, int to) {}

    /** The clearest episode among residuals, if there is one; the newest runs may be a change that has just begun. */
    static Optional<Stretch> test(double[] residuals, Coefficient coefficient, double scale, long seed) {
        if (residuals.length < LEAST_RUNS) {
            return Optional.empty();
        }
        EpisodeTest independent = new EpisodeTest(0);
        Best best = independent.best(residuals);
        if (best.statistic <= ROUNDING * ROUNDING * scale * scale) {
            return Optional.empty();
        }
        int runs = best.to - best.from;
        double statistic = best.statistic
                / Autocorrelation.varianceInflation(runs, coefficient.without(best.from, best.to));
        double[] order = residuals.clone();
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(residuals));
        int stop = (int) (LEVEL * (ORDERS + 1));
        int reached = 0;
        int drawn = 0;
        while (drawn < ORDERS && reached < stop) {
            Orders.shuffle(order, random);
            drawn++;
            if (independent.best(order).statistic >= statistic) {
                reached++;
            }
        }
        double p = (reached + 1.0) / (drawn + 1.0);
        return p <= LEVEL ? Optional.of(widened(residuals, best, p)) : Optional.empty();
    }

    /** The neighbours that are nearer to the episode's level than to their own belong to it. */
    private static Stretch widened(double[] residuals, Best best, double p) {
        double half = Median.of(Arrays.copyOfRange(residuals, best.from, best.to)) / 2;
        int from = best.from;
        int to = best.to;
        while (from > 1 && to - from < LONGEST && isBeyond(residuals[from - 1], half)) {
            from--;
        }
        while (to < residuals.length - 1 && to - from < LONGEST && isBeyond(residuals[to], half)) {
            to++;
        }
        return new Stretch(from, to, p);
    }

    private static boolean isBeyond(double value, double half) {
        return half > 0 ? value > half : value < half;
    }

    private Best best(double[] r) {
        double most = 0;
        int from = 0;
        int to = 0;
        for (int start = 1; start < r.length - 2; start++) {
            double sign = Math.signum(r[start]);
            double first = sign * r[start];
            double least = Double.POSITIVE_INFINITY;
            double second = Double.POSITIVE_INFINITY;
            int longest = Math.min(LONGEST, r.length - 1 - start);
            for (int m = 1; m <= longest; m++) {
                double d = sign * r[start + m - 1];
                second = Math.min(second, Math.max(d, least));
                least = Math.min(least, d);
                double deviation = m >= FORGIVING_FROM ? second : least;
                if (deviation <= 0) {
                    break;
                }
                double statistic = deviation * deviation / variance[m];
                // The one that may be an outlier stands inside, or the episode would reach one run too far.
                boolean endsWithin = first >= deviation && d >= deviation;
                if (m >= 2 && endsWithin && statistic > most) {
                    most = statistic;
                    from = start;
                    to = start + m;
                }
            }
        }
        return new Best(most, from, to);
    }
}

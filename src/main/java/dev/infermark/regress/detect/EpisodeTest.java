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
 * is no episode. How often the same values in a random order do as well is bounded by the expected number of places
 * where they do; only where that leaves doubt are orders drawn.
 */
final class EpisodeTest {
    /** Most runs of an episode; what lasts longer is a change and a change back. */
    static final int LONGEST = 9;

    /** Chance, about, of a false episode in a series of independent noise. */
    private static final double LEVEL = 0.002;

    /** Places come in clumps, but never in so large ones that a chance below the level could hide behind this many. */
    private static final double HOPELESS = 50 * LEVEL;

    private static final double LEAST_P = 1e-12;
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
        Best best = independent.best(residuals, 0);
        if (best.statistic <= ROUNDING * ROUNDING * scale * scale) {
            return Optional.empty();
        }
        int runs = best.to - best.from;
        double statistic = best.statistic
                / Autocorrelation.varianceInflation(runs, coefficient.without(best.from, best.to));
        double p = independent.chance(residuals, statistic, seed);
        return p <= LEVEL ? Optional.of(widened(residuals, best, p)) : Optional.empty();
    }

    private double chance(double[] residuals, double statistic, long seed) {
        double expected = expected(residuals, statistic);
        if (expected <= LEVEL || expected > HOPELESS) {
            return Math.clamp(expected, LEAST_P, 1);
        }
        double[] order = residuals.clone();
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(residuals));
        int stop = (int) (LEVEL * (ORDERS + 1));
        double least = Math.sqrt(statistic * variance[LONGEST]) * (1 - ROUNDING);
        int reached = 0;
        int drawn = 0;
        while (drawn < ORDERS && reached < stop) {
            Orders.shuffle(order, random);
            drawn++;
            if (best(order, least).statistic >= statistic) {
                reached++;
            }
        }
        return (reached + 1.0) / (drawn + 1.0);
    }

    /** In how many places, at most and on average, a random order of the values reaches a statistic. */
    private double expected(double[] values, double statistic) {
        int n = values.length;
        double sum = 0;
        for (int m = 2; m <= LONGEST; m++) {
            double limit = Math.sqrt(statistic * variance[m]) * (1 - ROUNDING);
            long above = Arrays.stream(values).filter(v -> v >= limit).count();
            long below = Arrays.stream(values).filter(v -> v <= -limit).count();
            sum += Math.max(0, n - 1 - m) * (reaching(m, above, n) + reaching(m, below, n));
        }
        return sum;
    }

    /** The chance that {@code m} picks without replacement are all of {@code far} values, one inner pick forgiven. */
    private static double reaching(int m, long far, int n) {
        double allButOne = 1;
        for (int i = 0; i < m - 1; i++) {
            allButOne *= Math.max(0, far - i) / (double) (n - i);
        }
        double last = Math.max(0, far - m + 1) / (double) (n - m + 1);
        int forgiven = m >= FORGIVING_FROM ? m - 2 : 0;
        return allButOne * (last + forgiven * (1 - last));
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

    /** The clearest episode that begins with a deviation of at least {@code limit}. */
    private Best best(double[] r, double limit) {
        double most = 0;
        int from = 0;
        int to = 0;
        for (int start = 1; start < r.length - 2; start++) {
            if (Math.abs(r[start]) < limit) {
                continue;
            }
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

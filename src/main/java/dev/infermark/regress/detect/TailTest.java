package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether the newest two to five runs have left the level before them: seen here, a regression need not wait until
 * enough runs for a split have gathered.
 *
 * <p>The newest runs count by the least of their deviations (from four runs on by the second least), so one outlier is
 * no change; random picks of as many runs tell how often chance does as well.
 */
final class TailTest {
    /** Chance, about, of a false change at the end of a series of independent noise. */
    static final double LEVEL = 0.002;

    private static final int LONGEST = 5;
    private static final int FORGIVING_FROM = 4;
    private static final int PICKS = 9999;
    private static final double OUTLIER_LIMIT = 2;
    private static final double ROUNDING = 1e-9;

    private final double[] values;
    private final double[] winsorised;
    private final double sum;
    private final double[] variance = new double[LONGEST + 1];

    private TailTest(double[] values) {
        this.values = values;
        this.winsorised = Robust.winsorise(values, OUTLIER_LIMIT);
        this.sum = Arrays.stream(winsorised).sum();
    }

    /** The change among the newest of {@code values[from, …)}, if there is one. */
    static Optional<SegmentTest.Split> test(double[] values, int from, double coefficient, long seed) {
        double[] segment = Arrays.copyOfRange(values, from, values.length);
        if (segment.length < 2 * LONGEST) {
            return Optional.empty();
        }
        return new TailTest(segment)
                .test(coefficient, seed)
                .map(split -> new SegmentTest.Split(from + split.index(), split.p()));
    }

    private Optional<SegmentTest.Split> test(double coefficient, long seed) {
        int n = values.length;
        int[] newest = new int[LONGEST];
        Arrays.setAll(newest, i -> n - 1 - i);
        setVariance(coefficient);
        int length = 0;
        double statistic = 0;
        for (int m = 2; m <= LONGEST; m++) {
            double s = statistic(newest, m);
            if (s > statistic) {
                statistic = s;
                length = m;
            }
        }
        // Rounding alone, in a series without any noise, must not look like a change.
        if (statistic <= ROUNDING * ROUNDING * square(Math.max(1e-300, Math.abs(sum / n)))) {
            return Optional.empty();
        }
        setVariance(0);
        double p = chance(statistic, seed);
        return p <= LEVEL ? Optional.of(new SegmentTest.Split(n - length, p)) : Optional.empty();
    }

    private void setVariance(double coefficient) {
        for (int m = 2; m <= LONGEST; m++) {
            int rest = values.length - m;
            variance[m] = Autocorrelation.varianceInflation(m, coefficient) / m
                    + Autocorrelation.varianceInflation(rest, coefficient) / rest;
        }
    }

    private double chance(double statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(values));
        int[] order = new int[values.length];
        Arrays.setAll(order, i -> i);
        int stop = (int) (LEVEL * (PICKS + 1));
        int reached = 0;
        int drawn = 0;
        while (drawn < PICKS && reached < stop) {
            for (int i = 0; i < LONGEST; i++) {
                int j = random.nextInt(i, order.length);
                int held = order[i];
                order[i] = order[j];
                order[j] = held;
            }
            drawn++;
            double best = 0;
            for (int m = 2; m <= LONGEST; m++) {
                best = Math.max(best, statistic(order, m));
            }
            if (best >= statistic) {
                reached++;
            }
        }
        return (reached + 1.0) / (drawn + 1.0);
    }

    /** The squared deviation of the first {@code m} picks from the level of the rest, in units of its variance. */
    private double statistic(int[] picks, int m) {
        double rest = sum;
        for (int i = 0; i < m; i++) {
            rest -= winsorised[picks[i]];
        }
        double level = rest / (values.length - m);
        double up = deviation(picks, m, level, 1);
        double down = deviation(picks, m, level, -1);
        return square(Math.max(0, Math.max(up, down))) / variance[m];
    }

    private double deviation(int[] picks, int m, double level, int sign) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int i = 0; i < m; i++) {
            double d = sign * (values[picks[i]] - level);
            second = Math.min(second, Math.max(d, least));
            least = Math.min(least, d);
        }
        return m >= FORGIVING_FROM ? second : least;
    }

    private static double square(double x) {
        return x * x;
    }
}

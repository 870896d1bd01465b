package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Whether the newest two to five runs have left the level before them: seen here, a regression need not wait until
 * enough runs for a split have gathered.
 *
 * <p>The newest runs count by the least of their deviations (from four runs on by the second least), so one outlier is
 * no change. How far chance carries them is told by the residuals of the whole series, not only of the stretch that
 * ends with them, so a second change soon after a first is seen as early.
 */
final class TailTest {
    /** Chance, about, of a false change at the end of a series of independent noise. */
    static final double LEVEL = 0.001;

    private static final int LONGEST = 5;
    private static final int FORGIVING_FROM = 4;
    private static final int LEAST_BEFORE = 3;
    private static final int LEAST_RUNS = 10;
    private static final int PICKS = 9999;
    private static final int CLEAR_PICKS = 49_999;
    private static final double OUTLIER_LIMIT = 2;
    /** Beyond it a value is no noise of this series, and would only hide others as far away. */
    private static final double NOISE_LIMIT = 20;

    private static final double ROUNDING = 1e-9;

    private final double[] values;
    private final int from;
    private final int longest;
    private final double[] pool;
    private final double noise;

    private TailTest(Segments segments) {
        this.values = segments.values();
        this.from = segments.start(segments.count() - 1);
        this.longest = Math.min(LONGEST, values.length - from - LEAST_BEFORE);
        this.pool = Robust.winsorise(segments.residuals(), NOISE_LIMIT);
        double[] bounded = Robust.winsorise(pool, OUTLIER_LIMIT);
        this.noise = Math.sqrt(Arrays.stream(bounded).map(v -> v * v).average().orElse(0));
    }

    /**
     * The change among the newest values of the last stretch, if there is one.
     *
     * @param coefficient the noise's autocorrelation where the series is cut before an index
     */
    static Optional<SegmentTest.Split> test(Segments segments, IntToDoubleFunction coefficient, long seed) {
        TailTest test = new TailTest(segments);
        return test.values.length < LEAST_RUNS || test.longest < 2 ? Optional.empty() : test.test(coefficient, seed);
    }

    private Optional<SegmentTest.Split> test(IntToDoubleFunction coefficient, long seed) {
        int n = values.length;
        int length = clearest();
        double statistic = length == 0 ? 0 : observed(length) / variance(coefficient.applyAsDouble(n - length))[length];
        // Rounding alone, in a series without any noise, must not look like a change.
        if (length == 0 || statistic <= square(ROUNDING * Math.max(1e-300, Math.abs(level(n - length))))) {
            return Optional.empty();
        }
        double p = chance(statistic, seed);
        return p <= LEVEL ? place(length).map(index -> new SegmentTest.Split(index, p)) : Optional.empty();
    }

    /** How many of the newest runs lie apart most clearly, 0 where none do. */
    private int clearest() {
        double[] variance = variance(0);
        double most = 0;
        int length = 0;
        for (int m = 2; m <= longest; m++) {
            double s = observed(m) / variance[m];
            if (s > most) {
                most = s;
                length = m;
            }
        }
        return length;
    }

    private double observed(int m) {
        int n = values.length;
        double level = level(n - m);
        double[] newest = new double[m];
        Arrays.setAll(newest, i -> values[n - 1 - i] - level);
        return statistic(newest, m);
    }

    private double level(int end) {
        double[] before = Robust.winsorise(Arrays.copyOfRange(values, from, end), OUTLIER_LIMIT);
        return Arrays.stream(before).average().orElseThrow();
    }

    private double[] variance(double coefficient) {
        double[] variance = new double[LONGEST + 1];
        for (int m = 2; m <= longest; m++) {
            int rest = values.length - from - m;
            variance[m] = Autocorrelation.varianceInflation(m, coefficient) / m
                    + Autocorrelation.varianceInflation(rest, coefficient) / rest;
        }
        return variance;
    }

    private double chance(double statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(values));
        double[] variance = variance(0);
        double[] picked = new double[LONGEST];
        double[] order = pool.clone();
        double error = noise / Math.sqrt(values.length - from - 2.0);
        int stop = (int) (LEVEL * (PICKS + 1));
        int reached = 0;
        int drawn = 0;
        while (drawn < CLEAR_PICKS && reached < stop && !(drawn == PICKS && reached > 0)) {
            double shift = error * random.nextGaussian();
            for (int i = 0; i < longest; i++) {
                int j = random.nextInt(i, order.length);
                double held = order[i];
                order[i] = order[j];
                order[j] = held;
                picked[i] = order[i] - shift;
            }
            drawn++;
            double best = 0;
            for (int m = 2; m <= longest; m++) {
                best = Math.max(best, statistic(picked, m) / variance[m]);
            }
            if (best >= statistic) {
                reached++;
            }
        }
        return (reached + 1.0) / (drawn + 1.0);
    }

    /** The squared deviation that the first {@code m} values have in common. */
    private static double statistic(double[] deviations, int m) {
        return square(Math.max(0, Math.max(common(deviations, m, 1), common(deviations, m, -1))));
    }

    private static double common(double[] deviations, int m, int sign) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int i = 0; i < m; i++) {
            double d = sign * deviations[i];
            second = Math.min(second, Math.max(d, least));
            least = Math.min(least, d);
        }
        return m >= FORGIVING_FROM ? second : least;
    }

    /**
     * The run where the level changes: each run belongs to the level that it is nearer to, one outlier aside. None
     * where the run before is nearer to the new level too: then the change is older than the newest runs can tell.
     */
    private Optional<Integer> place(int length) {
        int n = values.length;
        double before = level(n - length);
        double after = Median.of(Arrays.copyOfRange(values, n - length, n));
        double limit = Math.abs(after - before);
        int best = n - length;
        double most = Double.NEGATIVE_INFINITY;
        double gain = 0;
        for (int i = n - 1; i >= n - longest; i--) {
            gain += loss(values[i] - before, limit) - loss(values[i] - after, limit);
            if (n - i >= 2 && gain > most) {
                most = gain;
                best = i;
            }
        }
        int earlier = n - longest - 1;
        boolean isOlder = best == n - longest
                && loss(values[earlier] - after, limit) < loss(values[earlier] - before, limit);
        return isOlder ? Optional.empty() : Optional.of(best);
    }

    private static double loss(double deviation, double limit) {
        return square(Math.min(Math.abs(deviation), limit));
    }

    private static double square(double x) {
        return x * x;
    }
}

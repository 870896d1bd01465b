package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether the newest two to five runs have left the level before them: seen here, a regression need not wait until
 * enough runs for a split have gathered.
 *
 * <p>The newest runs count by the least of their deviations, so one outlier is no change; from four runs on also by the
 * second least, so one outlier hides none. How likely chance carries them as far is counted, not drawn: of all ways to
 * pick so many of the residuals of the whole series, not only of the stretch that ends with them, the share that does
 * as well. So a second change soon after a first is seen as early.
 */
final class TailTest {
    /** Chance, about, of a false change at the end of a series of independent noise. */
    static final double LEVEL = 0.0016;

    /** Most new runs that count as new. */
    static final int LONGEST = 5;

    private static final int LEAST_BEFORE = 3;
    private static final int LEAST_RUNS = 10;
    private static final double OUTLIER_LIMIT = 2;
    /** Beyond it a value is no noise of this series, and would only hide others as far away. */
    private static final double NOISE_LIMIT = 20;

    private static final double ROUNDING = 1e-9;
    private static final double LEAST_P = 1e-12;

    /** Errors of the level before, in standard errors, that are averaged over. */
    private static final double FARTHEST = 6;

    private static final double STEP = 0.25;

    private final double[] values;
    private final int from;
    private final int longest;
    private final double[] pool;
    private final double error;

    private TailTest(Segments segments) {
        this.values = segments.values();
        this.from = segments.start(segments.count() - 1);
        this.longest = Math.min(LONGEST, values.length - from - LEAST_BEFORE);
        this.pool = Robust.winsorise(segments.residuals(), NOISE_LIMIT);
        double[] bounded = Robust.winsorise(pool, OUTLIER_LIMIT);
        double noise = Math.sqrt(Arrays.stream(bounded).map(v -> v * v).average().orElse(0));
        this.error = noise / Math.sqrt(values.length - from - 2.0);
        Arrays.sort(pool);
    }

    /** Which of the newest deviations counts. */
    private enum Count {
        LEAST(2, 0),
        SECOND_LEAST(4, 1);

        private final int shortest;
        private final int aside;

        Count(int shortest, int aside) {
            this.shortest = shortest;
            this.aside = aside;
        }

        private double of(double[] ascending) {
            return ascending[aside];
        }

        /** Chances are shared out over the lengths, by what each can show at all. */
        private double share(int m) {
            if (this == SECOND_LEAST) {
                return 0.05;
            }
            return switch (m) {
                case 2 -> 0.5;
                case 3 -> 0.15;
                case 4 -> 0.2;
                default -> 0.05;
            };
        }

        /** The chance that of {@code m} picks among {@code n} values all, or all but one, are of the {@code far}. */
        private double reaching(int m, int far, int n) {
            double allButOne = 1;
            for (int i = 0; i < m - 1; i++) {
                allButOne *= Math.max(0, far - i) / (double) (n - i);
            }
            double last = Math.max(0, far - m + 1) / (double) (n - m + 1);
            return allButOne * (last + (this == LEAST ? 0 : m * (1 - last)));
        }
    }

    /** So many newest runs, and the chance that noise does as well. */
    private record Tail(int length, double p) {}

    /**
     * The change among the newest values of the last stretch, if there is one.
     *
     * @param coefficient the noise's autocorrelation where the series is cut before an index
     */
    static Optional<SegmentTest.Split> test(Segments segments, IntToDoubleFunction coefficient) {
        TailTest test = new TailTest(segments);
        return test.values.length < LEAST_RUNS || test.longest < 2 ? Optional.empty() : test.test(coefficient);
    }

    private Optional<SegmentTest.Split> test(IntToDoubleFunction coefficient) {
        return Arrays.stream(Count.values())
                .flatMap(count -> IntStream.rangeClosed(count.shortest, longest)
                        .mapToObj(m -> new Tail(m, chance(count, m, coefficient) / count.share(m))))
                .min(Comparator.comparingDouble(Tail::p))
                .filter(tail -> tail.p <= LEVEL)
                .flatMap(tail -> place(tail.length).map(index -> new SegmentTest.Split(index, tail.p)));
    }

    /** The deviation that the newest values have in common. */
    private double common(Count count, int m) {
        int n = values.length;
        double level = level(n - m);
        double[] above = new double[m];
        Arrays.setAll(above, i -> values[n - 1 - i] - level);
        double[] below = Arrays.stream(above).map(d -> -d).toArray();
        Arrays.sort(above);
        Arrays.sort(below);
        return Math.max(0, Math.max(count.of(above), count.of(below)));
    }

    private double level(int end) {
        double[] before = Robust.winsorise(Arrays.copyOfRange(values, from, end), OUTLIER_LIMIT);
        return Arrays.stream(before).average().orElseThrow();
    }

    /**
     * The chance that so many picks of the residuals have as much in common as the newest values; never below that of
     * picking just these values. Autocorrelation leaves less of what they have in common.
     */
    private double chance(Count count, int m, IntToDoubleFunction coefficient) {
        int n = values.length;
        double common = common(count, m);
        // Rounding alone, in a series without any noise, must not look like a change.
        if (common <= ROUNDING * Math.max(1e-300, Math.abs(level(n - m)))) {
            return 1;
        }
        double limit = common
                * Math.sqrt(variance(m, 0) / variance(m, coefficient.applyAsDouble(n - m)))
                * (1 - ROUNDING);
        double sum = 0;
        double weights = 0;
        for (double z = -FARTHEST; z <= FARTHEST; z += STEP) {
            double weight = Math.exp(-z * z / 2);
            weights += weight;
            int above = pool.length - below(limit + z * error);
            int below = below(-limit + z * error);
            sum += weight * (count.reaching(m, above, pool.length) + count.reaching(m, below, pool.length));
        }
        double just = count.reaching(m, m - count.aside, pool.length);
        return Math.clamp(sum / weights, Math.max(LEAST_P, just), 1);
    }

    /** The variance of a difference between the mean of the newest values and the level before, in that of a value. */
    private double variance(int m, double coefficient) {
        int rest = values.length - from - m;
        return Autocorrelation.varianceInflation(m, coefficient) / m
                + Autocorrelation.varianceInflation(rest, coefficient) / rest;
    }

    /** How many residuals lie below a limit. */
    private int below(double limit) {
        int place = Arrays.binarySearch(pool, limit);
        return place < 0 ? -place - 1 : place;
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

package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Robust;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Finds the changes of level in a series of one value per run.
 *
 * <p>Splits the series where a {@link SegmentTest} shows a change, then both parts, and so on; then drops every change
 * that its neighbours explain away and places the others between them; then looks with a {@link TailTest} at the newest
 * runs. All chance comes from one
 * seed and the values, so the same series always gives the same answer.
 */
public final class ChangePointDetector {
    /** Fewest runs in which any change can be shown at the levels used. */
    public static final int LEAST_RUNS = 12;

    private static final double OUTLIER_LIMIT = 3;
    private static final double HALF_LEVEL = 0.025;

    private final long seed;

    /** A detector whose random orders come from a seed. */
    public ChangePointDetector(long seed) {
        this.seed = seed;
    }

    /** The changes of a series of values that are not negative, oldest first. */
    public List<ChangePoint> detect(double... values) {
        boolean positive = Arrays.stream(values).allMatch(v -> v > 0);
        double[] series = positive ? Arrays.stream(values).map(Math::log).toArray() : values.clone();
        double coefficient = Autocorrelation.lagOne(series);
        NavigableMap<Integer, Double> changes = split(series, coefficient);
        settle(series, coefficient, changes);
        int last = changes.isEmpty() ? 0 : changes.lastKey();
        TailTest.test(series, last, coefficient, seed).ifPresent(s -> changes.put(s.index(), s.p()));
        Levels levels = new Levels(series, coefficient, positive);
        return changes.entrySet().stream()
                .map(change -> {
                    int from = Optional.ofNullable(changes.lowerKey(change.getKey())).orElse(0);
                    int to = Optional.ofNullable(changes.higherKey(change.getKey())).orElse(series.length);
                    return levels.describe(from, change.getKey(), to, change.getValue());
                })
                .toList();
    }

    private NavigableMap<Integer, Double> split(double[] series, double coefficient) {
        NavigableMap<Integer, Double> changes = new TreeMap<>();
        Deque<int[]> stretches = new ArrayDeque<>();
        stretches.add(new int[] {0, series.length});
        while (!stretches.isEmpty()) {
            int[] stretch = stretches.remove();
            int from = stretch[0];
            int to = stretch[1];
            SegmentTest.test(series, from, to, coefficient, seed).ifPresent(split -> {
                changes.put(split.index(), split.p());
                stretches.add(new int[] {from, split.index()});
                stretches.add(new int[] {split.index(), to});
            });
        }
        return changes;
    }

    /** An early split may turn out to lie between two real ones: every change must hold between its neighbours. */
    private void settle(double[] series, double coefficient, NavigableMap<Integer, Double> changes) {
        for (int place : List.copyOf(changes.keySet())) {
            int from = Optional.ofNullable(changes.lowerKey(place)).orElse(0);
            int to = Optional.ofNullable(changes.higherKey(place)).orElse(series.length);
            changes.remove(place);
            SegmentTest.test(series, from, to, coefficient, seed)
                    .ifPresent(split -> changes.put(Localiser.locate(series, from, split.index(), to), split.p()));
        }
    }

    /** The levels on both sides of a change and the interval of their difference. */
    private static final class Levels {
        private final double[] series;
        private final double coefficient;
        private final boolean logarithmic;

        private Levels(double[] series, double coefficient, boolean logarithmic) {
            this.series = series;
            this.coefficient = coefficient;
            this.logarithmic = logarithmic;
        }

        ChangePoint describe(int from, int index, int to, double p) {
            double[] left = Robust.winsorise(Arrays.copyOfRange(series, from, index), OUTLIER_LIMIT);
            double[] right = Robust.winsorise(Arrays.copyOfRange(series, index, to), OUTLIER_LIMIT);
            double before = mean(left);
            double after = mean(right);
            int freedom = to - from - 2;
            double variance = (squares(left, before) + squares(right, after)) / freedom;
            double error = Math.sqrt(variance * (varianceOfMean(left.length) + varianceOfMean(right.length)));
            double reach = error * TDistribution.of(freedom).inverseSurvivalProbability(HALF_LEVEL);
            double difference = after - before;
            return logarithmic
                    ? new ChangePoint(
                            index,
                            Math.exp(before),
                            Math.exp(after),
                            Math.expm1(difference),
                            Math.expm1(difference - reach),
                            Math.expm1(difference + reach),
                            p)
                    : new ChangePoint(
                            index,
                            before,
                            after,
                            difference / before,
                            (difference - reach) / before,
                            (difference + reach) / before,
                            p);
        }

        private double varianceOfMean(int n) {
            return Autocorrelation.varianceInflation(n, coefficient) / n;
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }

        private static double squares(double[] values, double mean) {
            return IntStream.range(0, values.length)
                    .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                    .sum();
        }
    }
}

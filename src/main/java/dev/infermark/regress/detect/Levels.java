package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Autocorrelation;
import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/** The levels around changes and episodes, and the intervals of their differences. */
final class Levels {
    private static final double OUTLIER_LIMIT = 3;
    private static final double HALF_LEVEL = 0.025;

    private final double[] series;
    private final double coefficient;
    private final boolean logarithmic;

    Levels(double[] series, double coefficient, boolean logarithmic) {
        this.series = series;
        this.coefficient = coefficient;
        this.logarithmic = logarithmic;
    }

    /** All findings in the values' own unit; what belongs to an episode counts for no level. */
    Findings describe(
            NavigableMap<Integer, Double> changes, Collection<EpisodeTest.Stretch> episodes, double estimate) {
        boolean[] aside = new boolean[series.length];
        episodes.forEach(episode -> Arrays.fill(aside, episode.from(), episode.to(), true));
        List<ChangePoint> points = changes.entrySet().stream()
                .map(change -> {
                    int from = Optional.ofNullable(changes.lowerKey(change.getKey())).orElse(0);
                    int to = Optional.ofNullable(changes.higherKey(change.getKey())).orElse(series.length);
                    return change(from, change.getKey(), to, change.getValue(), aside);
                })
                .toList();
        List<Episode> stretches = episodes.stream()
                .map(episode -> {
                    int from = Optional.ofNullable(changes.floorKey(episode.from())).orElse(0);
                    int to = Optional.ofNullable(changes.higherKey(episode.from())).orElse(series.length);
                    return episode(from, to, episode, aside);
                })
                .toList();
        return new Findings(points, stretches, estimate);
    }

    private Episode episode(int from, int to, EpisodeTest.Stretch episode, boolean[] aside) {
        double around = mean(stretch(from, to, aside));
        double during = mean(Robust.winsorise(Arrays.copyOfRange(series, episode.from(), episode.to()), OUTLIER_LIMIT));
        return logarithmic
                ? new Episode(
                        episode.from(),
                        episode.to(),
                        Math.exp(around),
                        Math.exp(during),
                        Math.expm1(during - around),
                        episode.p())
                : new Episode(episode.from(), episode.to(), around, during, (during - around) / around, episode.p());
    }

    private ChangePoint change(int from, int index, int to, double p, boolean[] aside) {
        double[] left = stretch(from, index, aside);
        double[] right = stretch(index, to, aside);
        double before = mean(left);
        double after = mean(right);
        int freedom = left.length + right.length - 2;
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

    private double[] stretch(int from, int to, boolean[] aside) {
        double[] kept = IntStream.range(from, to)
                .filter(i -> !aside[i])
                .mapToDouble(i -> series[i])
                .toArray();
        return Robust.winsorise(kept.length < 2 ? Arrays.copyOfRange(series, from, to) : kept, OUTLIER_LIMIT);
    }

    private double varianceOfMean(int n) {
        return Autocorrelation.varianceInflation(n, coefficient) / n;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double squares(double[] values, double mean) {
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    }
}

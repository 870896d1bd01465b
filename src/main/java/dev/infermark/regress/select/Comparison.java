package dev.infermark.regress.select;

import dev.infermark.jmh.Direction;
import java.util.Arrays;
import java.util.List;

/**
 * One benchmark's forks on both sides.
 *
 * @param benchmark name
 * @param unit unit of the values
 * @param direction which way the value gets better
 * @param baseline one value per fork before the change
 * @param candidate one value per fork after it
 */
public record Comparison(
        String benchmark, String unit, Direction direction, List<Double> baseline, List<Double> candidate) {

    /** Copies both sides. */
    public Comparison {
        baseline = List.copyOf(baseline);
        candidate = List.copyOf(candidate);
    }

    /** The forks of a pair of results, each by its statistic. */
    public static Comparison of(Comparability.Pair pair, ForkStatistic statistic) {
        return new Comparison(
                pair.baseline().key().label(),
                pair.baseline().unit(),
                pair.baseline().direction(),
                boxed(statistic.ofEach(pair.baseline().forks())),
                boxed(statistic.ofEach(pair.candidate().forks())));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}

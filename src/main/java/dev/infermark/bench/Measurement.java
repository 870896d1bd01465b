package dev.infermark.bench;

import java.util.Collections;
import java.util.List;

/**
 * One measured row: the median of each fork's iterations, from which everything else follows.
 *
 * <p>Iterations of one fork share a JVM with its compilation and memory layout, so forks are the independent samples.
 *
 * @param id what was measured
 * @param unit JMH's unit of the numbers, such as {@code us/op}
 * @param forkMedians the median over the iterations of each fork, in {@code unit}, in the order they ran
 */
public record Measurement(BenchmarkId id, String unit, List<Double> forkMedians) {

    /** Refuses a row without forks and values that are no finite positive number. */
    public Measurement {
        forkMedians = List.copyOf(forkMedians);
        if (forkMedians.isEmpty()) {
            throw new IllegalArgumentException("no forks");
        }
        for (double value : forkMedians) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("a score of " + value);
            }
        }
    }

    /** A row from the iterations of each fork, as JMH writes them. */
    static Measurement ofIterations(BenchmarkId id, String unit, List<List<Double>> iterationsOfForks) {
        return new Measurement(
                id, unit, iterationsOfForks.stream().map(Measurement::median).toList());
    }

    /** The median over forks, in {@link #unit}. */
    public double median() {
        return median(forkMedians);
    }

    /** The smallest fork median, in {@link #unit}. */
    public double min() {
        return Collections.min(forkMedians);
    }

    /** The largest fork median, in {@link #unit}. */
    public double max() {
        return Collections.max(forkMedians);
    }

    /** How far the forks lie apart: (max − min) / median. */
    public double spread() {
        return (max() - min()) / median();
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a fork without iterations");
        }
        // NaN sorts last and would pass unseen behind a median of its betters.
        if (values.stream().anyMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException("a score of NaN");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

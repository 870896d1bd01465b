package dev.infermark.runtime.queue;

import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;

/**
 * Finds the highest rate of requests at which a service still does what is asked of it.
 *
 * @param <R> what a run comes to
 * @param run what a rate comes to, in requests per second; all rates should see the same draws
 * @param holds whether a run does what is asked; once it does not, no higher rate does
 */
public record RateSearch<R>(DoubleFunction<R> run, Predicate<R> holds) {
    /** The rate is found to this share of the capacity. */
    private static final double RESOLUTION = 1e-3;

    /**
     * The highest rate and its run.
     *
     * @param <R> what a run comes to
     * @param perSecond the rate
     * @param result what a run at the rate came to
     */
    public record Found<R>(double perSecond, R result) {}

    /** What a run without any queue comes to. */
    public R unloaded(double capacity) {
        return run.apply(capacity * RESOLUTION);
    }

    /** The highest rate between no load and a capacity; empty where even a run without any queue does not hold. */
    public Optional<Found<R>> highest(double capacity) {
        double low = capacity * RESOLUTION;
        R best = unloaded(capacity);
        if (!holds.test(best)) {
            return Optional.empty();
        }
        double high = capacity;
        while (high - low > capacity * RESOLUTION) {
            double middle = (low + high) / 2;
            R result = run.apply(middle);
            if (holds.test(result)) {
                low = middle;
                best = result;
            } else {
                high = middle;
            }
        }
        return Optional.of(new Found<>(low, best));
    }
}

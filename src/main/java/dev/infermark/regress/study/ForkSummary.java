package dev.infermark.regress.study;

import dev.infermark.regress.select.ForkStatistic;
import java.util.Arrays;

/**
 * What the rules need to know of a fork.
 *
 * @param median median of its iterations
 * @param mean mean of its iterations
 * @param squares sum of the iterations' squared deviations from that mean
 * @param iterations how many there are
 */
record ForkSummary(double median, double mean, double squares, int iterations) {

    static ForkSummary of(double[] iterations) {
        double mean = ForkStatistic.MEAN.of(iterations);
        return new ForkSummary(
                ForkStatistic.MEDIAN.of(iterations),
                mean,
                Arrays.stream(iterations).map(v -> (v - mean) * (v - mean)).sum(),
                iterations.length);
    }

    /** The fork as if every iteration had taken so many times as long. */
    ForkSummary times(double factor) {
        return new ForkSummary(median * factor, mean * factor, squares * factor * factor, iterations);
    }
}

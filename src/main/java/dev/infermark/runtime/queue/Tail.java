package dev.infermark.runtime.queue;

import dev.infermark.base.UserError;
import java.util.random.RandomGenerator;

/**
 * The spread of the times of calls without any queue: log-normal about the median.
 *
 * @param p99OverP50 99th percentile over the median, 1 where all calls take the same time
 */
public record Tail(double p99OverP50) {
    /** The 99th percentile of the standard normal distribution. */
    private static final double NORMAL_P99 = 2.3263478740408408;

    /** All calls take the same time. */
    public static final Tail NONE = new Tail(1);

    /** Refuses a 99th percentile below the median. */
    public Tail {
        if (!(p99OverP50 >= 1 && p99OverP50 < Double.POSITIVE_INFINITY)) {
            throw new UserError("a 99th percentile of " + p99OverP50 + " medians cannot be; give 1 or more");
        }
    }

    /** Standard deviation of the natural logarithm of a call's time. */
    public double sigma() {
        return Math.log(p99OverP50) / NORMAL_P99;
    }

    /** Mean over median: exp(σ² / 2). */
    public double meanOverMedian() {
        double sigma = sigma();
        return Math.exp(sigma * sigma / 2);
    }

    /** The time of one call over the median. */
    double draw(RandomGenerator random, double sigma) {
        return sigma == 0 ? 1 : Math.exp(sigma * random.nextGaussian());
    }
}

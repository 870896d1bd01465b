package dev.infermark.serve.pacing;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How late answers left, each against the instant at which the modelled device had it; measured. For many threads. */
public final class PacingErrors {
    private static final int DIGITS = 3;
    private static final double MICROS = 1e-3;

    private final Histogram histogram = new ConcurrentHistogram(DIGITS);

    /**
     * The errors so far, in microseconds.
     *
     * @param count answers
     * @param p50 median
     * @param p99 99th percentile
     * @param max the largest
     */
    public record Summary(long count, double p50, double p99, double max) {}

    /** One more answer left so many nanoseconds after its instant. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, nanos));
    }

    /** What the errors come to. */
    public Summary summary() {
        Histogram copy = histogram.copy();
        return new Summary(
                copy.getTotalCount(),
                MICROS * copy.getValueAtPercentile(50),
                MICROS * copy.getValueAtPercentile(99),
                MICROS * copy.getMaxValue());
    }
}

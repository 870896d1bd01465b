package dev.infermark.runtime.queue;

import org.HdrHistogram.Histogram;

/** Collects times of a run in a histogram of four significant digits, in nanoseconds; not thread-safe. */
public final class LatencyRecorder {
    private static final int DIGITS = 4;
    private static final double NANOS = 1e9;

    private final Histogram histogram = new Histogram(DIGITS);
    private double sum;

    /** Adds a time, in seconds. */
    public void record(double seconds) {
        sum += seconds;
        histogram.recordValue(Math.round(seconds * NANOS));
    }

    /** What was added so far; all zero where nothing was. */
    public Latencies latencies() {
        long count = histogram.getTotalCount();
        return new Latencies(
                count,
                count == 0 ? 0 : sum / count,
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(99.9),
                histogram.getMaxValue() / NANOS);
    }

    private double percentile(double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS;
    }
}

package dev.infermark.runtime.queue;

import org.HdrHistogram.Histogram;

/** Latencies of a run in a histogram of four significant digits, in nanoseconds. */
final class LatencyRecorder {
    private static final int DIGITS = 4;
    private static final double NANOS = 1e9;

    private final Histogram histogram = new Histogram(DIGITS);
    private double sum;

    void record(double seconds) {
        sum += seconds;
        histogram.recordValue(Math.round(seconds * NANOS));
    }

    Latencies latencies() {
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

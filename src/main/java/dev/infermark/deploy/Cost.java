package dev.infermark.deploy;

/**
 * What inferences cost.
 *
 * @param book the price book
 * @param dollarsPerHour price of the instance
 * @param throughput sequences or images per second
 */
public record Cost(String book, double dollarsPerHour, double throughput) {
    private static final double SECONDS_PER_HOUR = 3600;

    /** The blog's cost: hourly price / 3600 · latency of a call / batch. */
    public static double ofCall(double dollarsPerHour, double latencySeconds, long batch) {
        return dollarsPerHour / SECONDS_PER_HOUR * latencySeconds / batch;
    }

    /** US dollars for one inference: hourly price / 3600 / throughput. */
    public double perInference() {
        return dollarsPerHour / SECONDS_PER_HOUR / throughput;
    }

    /** US dollars for a million inferences. */
    public double perMillion() {
        return 1e6 * perInference();
    }
}

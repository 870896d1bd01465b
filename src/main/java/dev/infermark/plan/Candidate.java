package dev.infermark.plan;

import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.Price;

/**
 * A deployment on one instance with what it does.
 *
 * @param setup the settings
 * @param speed how long it takes
 * @param throughput sequences, images or output tokens per second
 * @param requestsPerSecond requests per second; the throughput, over the tokens of a request where it generates text
 * @param interval how far times and throughput may be off
 * @param boundBy what most of the time is due to
 * @param price of the instance
 */
public record Candidate(
        Setup setup,
        Speed speed,
        double throughput,
        double requestsPerSecond,
        Interval interval,
        String boundBy,
        Price price) {

    /** Hourly price over the throughput of a full instance, in dollars for a million. */
    public double costPerMillion() {
        return 1e6 * price.dollarsPerHour() / 3600 / throughput;
    }
}

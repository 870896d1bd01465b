package dev.infermark.deploy;

import dev.infermark.lower.Precision;
import dev.infermark.simulate.Estimate;

/**
 * The modelled behaviour of a deployment.
 *
 * @param model the network
 * @param deployment how it is served
 * @param precision the types it computes in
 * @param estimate its run on one core
 * @param hostSeconds host and transfer time of a call that nothing hides
 * @param latencySeconds median time of a call as a client sees it
 * @param throughput sequences or images per second of all cores together
 * @param memory device memory that each core uses
 */
public record Prediction(
        String model,
        Deployment deployment,
        Precision precision,
        Estimate estimate,
        double hostSeconds,
        double latencySeconds,
        double throughput,
        MemoryUse memory) {

    /** Cost at the hourly price of a book. */
    public Cost cost(String book, double dollarsPerHour) {
        return new Cost(book, dollarsPerHour, throughput);
    }
}

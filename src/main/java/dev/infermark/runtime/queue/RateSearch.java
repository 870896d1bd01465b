package dev.infermark.runtime.queue;

import dev.infermark.base.Refusal;
import java.util.Locale;

/**
 * Finds the highest rate of Poisson arrivals at which a service still answers 99 of 100 requests in time.
 *
 * @param simulation the service
 * @param requests requests of each simulated run
 * @param seed of each simulated run: all rates see the same draws, so that the percentile rises with the rate
 */
public record RateSearch(QueueSimulation simulation, long requests, long seed) {
    /** The rate is found to this share of the capacity. */
    private static final double RESOLUTION = 1e-3;

    /**
     * The highest rate, in requests per second, and the run at that rate.
     *
     * @param perSecond the rate
     * @param result what a run at the rate came to
     */
    public record Found(double perSecond, LoadResult result) {}

    /**
     * Searches between no load and the capacity.
     *
     * @param p99Seconds what the 99th percentile must not exceed
     * @throws Refusal when it is exceeded at the lowest rate already, naming what is reached there
     */
    public Found highest(double p99Seconds) {
        double capacity = simulation.service().capacity(simulation.batching().size());
        double low = capacity * RESOLUTION;
        LoadResult best = at(low);
        if (best.latencies().p99() > p99Seconds) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "a 99th percentile of %.4g ms is out of reach: without any queue it is %.4g ms; "
                            + "use a smaller batch, less delay or a faster instance",
                    1e3 * p99Seconds,
                    1e3 * best.latencies().p99()));
        }
        double high = capacity;
        while (high - low > capacity * RESOLUTION) {
            double middle = (low + high) / 2;
            LoadResult result = at(middle);
            if (result.latencies().p99() <= p99Seconds) {
                low = middle;
                best = result;
            } else {
                high = middle;
            }
        }
        return new Found(low, best);
    }

    private LoadResult at(double perSecond) {
        return simulation.open(new Arrivals.Poisson(perSecond), requests, seed);
    }
}

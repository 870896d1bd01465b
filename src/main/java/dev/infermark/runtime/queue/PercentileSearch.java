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
public record PercentileSearch(QueueSimulation simulation, long requests, long seed) {

    /**
     * Searches between no load and the capacity.
     *
     * @param p99Seconds what the 99th percentile must not exceed
     * @throws Refusal when it is exceeded at the lowest rate already, naming what is reached there
     */
    public RateSearch.Found<LoadResult> highest(double p99Seconds) {
        double capacity = simulation.service().capacity(simulation.batching().size());
        RateSearch<LoadResult> search = new RateSearch<>(
                perSecond -> simulation.open(new Arrivals.Poisson(perSecond), requests, seed),
                result -> result.latencies().p99() <= p99Seconds);
        return search.highest(capacity)
                .orElseThrow(() -> new Refusal(String.format(
                        Locale.ROOT,
                        "a 99th percentile of %.4g ms is out of reach: without any queue it is %.4g ms; "
                                + "use a smaller batch, less delay or a faster instance",
                        1e3 * p99Seconds,
                        1e3 * search.unloaded(capacity).latencies().p99())));
    }
}

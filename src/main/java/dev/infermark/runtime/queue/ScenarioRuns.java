package dev.infermark.runtime.queue;

/**
 * Runs the scenarios of MLPerf Inference on a service. The rules' least run times are not kept: the number of requests
 * is what the caller says.
 *
 * @param simulation the service
 * @param requests requests of a run, in the server scenario of each run of the search
 * @param seed equal seeds give equal results
 */
public record ScenarioRuns(QueueSimulation simulation, long requests, long seed) {

    /** One request after the other. */
    public ScenarioResult singleStream() {
        LoadResult result = simulation.closed(1, requests, seed);
        return new ScenarioResult(Scenario.SINGLE_STREAM, 1, result.latencies(), result.throughput());
    }

    /** Queries of eight, one after the other. */
    public ScenarioResult multiStream() {
        int size = Scenario.SAMPLES_PER_QUERY;
        Latencies latencies = new MultiStream(simulation.service(), simulation.batching().size())
                .run(size, Math.ceilDiv(requests, size), seed);
        return new ScenarioResult(Scenario.MULTI_STREAM, size, latencies, size / latencies.mean());
    }

    /** Poisson arrivals at the highest rate whose 99th percentile stays below a limit. */
    public ScenarioResult server(double p99Seconds) {
        RateSearch.Found<LoadResult> found = new PercentileSearch(simulation, requests, seed).highest(p99Seconds);
        return new ScenarioResult(Scenario.SERVER, 1, found.result().latencies(), found.perSecond());
    }

    /** All requests at once. */
    public ScenarioResult offline() {
        LoadResult result = simulation.open(new Arrivals.AtOnce(), requests, seed);
        return new ScenarioResult(Scenario.OFFLINE, 1, result.latencies(), result.throughput());
    }
}

package dev.infermark.runtime.queue;

/**
 * What a scenario of MLPerf Inference came to.
 *
 * @param scenario which
 * @param requestsPerQuery requests that are sent and answered together
 * @param latencies of queries, each from its start to its last answer
 * @param perSecond requests answered per second; in the server scenario the highest rate that holds the percentile
 */
public record ScenarioResult(Scenario scenario, int requestsPerQuery, Latencies latencies, double perSecond) {}

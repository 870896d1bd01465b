package dev.infermark.runtime.queue;

/**
 * What a simulated run under load came to.
 *
 * @param latencies of the requests that were answered
 * @param dropped requests that found the queue full
 * @param seconds from the first arrival to the last answer
 * @param utilisation share of that time for which the copies were held
 * @param calls calls that the requests shared
 * @param longestQueue most requests that waited at once
 */
public record LoadResult(
        Latencies latencies, long dropped, double seconds, double utilisation, long calls, int longestQueue) {

    /** Requests answered per second. */
    public double throughput() {
        return latencies.count() / seconds;
    }

    /** Requests that shared a call, on average. */
    public double meanBatch() {
        return calls == 0 ? 0 : (double) latencies.count() / calls;
    }

    /** Requests in the system on average, by Little's law: throughput times mean latency. */
    public double meanInFlight() {
        return throughput() * latencies.mean();
    }
}

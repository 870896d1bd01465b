package dev.infermark.runtime.queue;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Queries of several requests, each sent when the one before is answered whole.
 *
 * <p>A query of more requests than a call takes is cut into calls, as the runtime cuts a dynamic batch onto the
 * compiled one; the calls share the copies, and the query is answered with its last call.
 *
 * @param service what answers
 * @param requestsPerCall requests that a call takes
 */
public record MultiStream(Service service, int requestsPerCall) {

    /** Latencies of queries, counted whole. */
    public Latencies run(int requests, long queries, long seed) {
        RandomGenerator random = QueueSimulation.generator(seed);
        LatencyRecorder recorder = new LatencyRecorder();
        double sigma = service.tail().sigma();
        int calls = Math.ceilDiv(requests, requestsPerCall);
        double[] freeAt = new double[service.copies()];
        for (long query = 0; query < queries; query++) {
            Arrays.fill(freeAt, 0);
            double last = 0;
            for (int call = 0; call < calls; call++) {
                int copy = call % freeAt.length;
                double factor = service.tail().draw(random, sigma);
                last = Math.max(last, freeAt[copy] + service.latencySeconds() * factor);
                freeAt[copy] += service.heldSeconds() * factor;
            }
            recorder.record(last);
        }
        return recorder.latencies();
    }
}

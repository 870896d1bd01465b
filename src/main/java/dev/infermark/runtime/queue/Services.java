package dev.infermark.runtime.queue;

import dev.infermark.deploy.Prediction;

/** Services as predictions describe them. */
public final class Services {
    private Services() {}

    /**
     * The service of a deployment.
     *
     * @param alone the deployment with one client for each copy: its latency is what a lone caller sees
     * @param busy the same with as many clients as are to keep each copy busy: its throughput is what a copy sustains
     * @param p99OverP50 spread of the times of calls
     */
    public static Service of(Prediction alone, Prediction busy, double p99OverP50) {
        int copies = busy.deployment().parallelism().copies();
        double held = copies * busy.batch() / busy.throughput();
        return new Service(copies, held, Math.max(held, alone.latencySeconds()), new Tail(p99OverP50));
    }
}

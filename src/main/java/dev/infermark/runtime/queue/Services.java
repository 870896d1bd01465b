package dev.infermark.runtime.queue;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.lower.Precision;

/** Services as predictions describe them. */
public final class Services {
    private Services() {}

    /**
     * The service of a network's deployment: a call takes what a lone client of each copy waits, a copy is held for
     * what it sustains with all its clients, and calls spread as those of the deployment's class were measured to.
     *
     * @throws dev.infermark.base.UserError when it cannot be predicted
     */
    public static Service of(Quoter quoter, Network network, Deployment deployment, Precision precision) {
        Deployment oneClient =
                new Deployment(deployment.instance(), deployment.parallelism(), 1, deployment.sdk());
        Prediction alone = quoter.predict(network, oneClient, precision);
        Prediction busy = quoter.predict(network, deployment, precision);
        int copies = deployment.copies();
        double held = copies * busy.batch() / busy.throughput();
        Tail tail = new Tail(Tails.builtIn().p99OverP50(busy));
        return new Service(copies, held, Math.max(held, alone.latencySeconds()), tail);
    }
}

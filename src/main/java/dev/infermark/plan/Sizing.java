package dev.infermark.plan;

import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Tail;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many instances a demand takes.
 *
 * <p>A stream of work takes its rate over the throughput of an instance. Requests that arrive at random also wait for
 * a free core, so that a 99th percentile takes more: Poisson arrivals are simulated with ever more instances. Text
 * generation has no model of its queue, and is sized by its throughput.
 *
 * @param demand how much is to be served
 * @param limits what must not be exceeded
 */
record Sizing(Demand demand, List<Limit> limits) {
    /** Enough for a 99th percentile that is steady within some per cent. */
    private static final long REQUESTS = 8_000;

    /** More instances than this help no further: the queue is gone. */
    private static final double MOST_ROOM = 8;

    private static final double GROWTH = 1.15;
    private static final long SEED = 1;
    private static final int SECONDS_PER_HOUR = 3600;

    Sizing {
        limits = List.copyOf(limits);
    }

    /** The offer without any queue; the least that the demand can cost with this candidate. */
    Offer withoutQueue(Candidate candidate) {
        double p99 = switch (candidate.speed()) {
            case Speed.Calls(_, double own) -> own;
            case Speed.Tokens(_, _, double whole) -> whole;
        };
        return switch (demand) {
            case Demand.Saturated _ -> new Offer(candidate, 1, candidate.costPerMillion(), p99);
            case Demand.Throughput(double perSecond) ->
                    offer(candidate, perSecond / candidate.throughput(), perSecond, p99);
            case Demand.Requests(double perSecond) -> offer(
                    candidate,
                    perSecond / candidate.requestsPerSecond(),
                    perSecond * candidate.throughput() / candidate.requestsPerSecond(),
                    p99);
        };
    }

    /** Whether the demand has a queue that {@link #withQueue} looks at. */
    boolean queues(Candidate candidate) {
        return demand instanceof Demand.Requests && candidate.speed() instanceof Speed.Calls;
    }

    /** The offer whose 99th percentile holds the limit with the queue; empty where no number of instances does. */
    Optional<Offer> withQueue(Candidate candidate) {
        if (!(demand instanceof Demand.Requests(double perSecond))
                || !(candidate.speed() instanceof Speed.Calls(double p50, double p99))) {
            return Optional.of(withoutQueue(candidate));
        }
        Setup setup = candidate.setup();
        int copies = setup.parallelism().copies();
        double held = copies * setup.batch() / candidate.throughput();
        Service service = new Service(copies, held, Math.max(held, p50), new Tail(p99 / p50));
        int batch = Math.toIntExact(setup.batch());
        QueueSimulation simulation =
                new QueueSimulation(service, new Batching(batch, 0), QueueSimulation.UNLIMITED);
        double least = perSecond / service.capacity(batch);
        OptionalDouble most = limits.stream()
                .filter(limit -> limit.measure() == Measure.LATENCY_P99)
                .mapToDouble(Limit::seconds)
                .min();
        int tried = 0;
        for (double share = least; share <= Math.max(MOST_ROOM * least, 2); share *= GROWTH) {
            int instances = (int) Math.floor(share) + 1;
            if (instances > tried) {
                tried = instances;
                double tail = simulation
                        .open(new Arrivals.Poisson(perSecond / instances), REQUESTS, SEED)
                        .latencies()
                        .p99();
                if (most.isEmpty() || tail <= most.getAsDouble()) {
                    return Optional.of(offer(candidate, instances, perSecond, tail));
                }
            }
        }
        return Optional.empty();
    }

    private static Offer offer(Candidate candidate, double instances, double perSecond, double p99) {
        int whole = (int) Math.max(1, Math.ceil(instances - 1e-9));
        double cost = 1e6 * whole * candidate.price().dollarsPerHour() / SECONDS_PER_HOUR / perSecond;
        return new Offer(candidate, whole, cost, p99);
    }
}

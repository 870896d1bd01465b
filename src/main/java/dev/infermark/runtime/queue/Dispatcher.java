package dev.infermark.runtime.queue;

import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;

/**
 * Decides when waiting requests leave for a service and when they are answered: the one rule of the simulation and of
 * a server. Times are in seconds from any start, and never fall. For one thread at a time.
 */
public final class Dispatcher {
    private final Service service;
    private final Batching batching;
    private final RandomGenerator random;
    private final double sigma;
    private final double[] freeAt;
    private final PendingRequests pending = new PendingRequests();

    /**
     * A call of the network.
     *
     * @param copy which copy of the network takes it, from 0
     * @param start when it leaves
     * @param heldUntil when the copy takes the next one
     * @param end when its requests are answered
     * @param requests how many share it
     */
    public record Call(int copy, double start, double heldUntil, double end, int requests) {}

    /** Nothing waits, and all copies are free. */
    Dispatcher(Service service, Batching batching, RandomGenerator random) {
        this.service = service;
        this.batching = batching;
        this.random = random;
        this.sigma = service.tail().sigma();
        this.freeAt = new double[service.copies()];
    }

    /** A dispatcher whose calls take the times that they take in {@link QueueSimulation#open} with this seed. */
    public static Dispatcher of(Service service, Batching batching, long seed) {
        RandomGenerator.SplittableGenerator random = QueueSimulation.generator(seed);
        // That run's arrivals take the first.
        random.split();
        return new Dispatcher(service, batching, random.split());
    }

    /** Requests that wait. */
    public int waiting() {
        return pending.size();
    }

    /** One more request waits from this time on. */
    public void arrive(double time) {
        pending.add(time);
    }

    /**
     * When the next call leaves, full or out of patience and with a copy free, if nothing else arrives; infinity while
     * nothing waits.
     */
    public double nextCall() {
        if (pending.size() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double complete = isFull() ? pending.get(batching.size() - 1) : pending.get(0) + batching.maxDelaySeconds();
        return Math.max(complete, freeAt[firstFree()]);
    }

    /** Whether the next call leaves before a request that arrives now; one that has room takes it along. */
    public boolean leavesBefore(double arrival) {
        double next = nextCall();
        return next < arrival || (next == arrival && isFull());
    }

    /**
     * The next call leaves.
     *
     * @param arrivals is told when each of its requests arrived, in order
     */
    public Call call(DoubleConsumer arrivals) {
        double start = nextCall();
        int copy = firstFree();
        double factor = service.tail().draw(random, sigma);
        freeAt[copy] = start + service.heldSeconds() * factor;
        int requests = Math.min(batching.size(), pending.size());
        for (int i = 0; i < requests; i++) {
            arrivals.accept(pending.remove());
        }
        return new Call(copy, start, freeAt[copy], start + service.latencySeconds() * factor, requests);
    }

    private boolean isFull() {
        return pending.size() >= batching.size();
    }

    private int firstFree() {
        int best = 0;
        for (int i = 1; i < freeAt.length; i++) {
            if (freeAt[i] < freeAt[best]) {
                best = i;
            }
        }
        return best;
    }
}

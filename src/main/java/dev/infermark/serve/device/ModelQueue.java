package dev.infermark.serve.device;

import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.Dispatcher;
import dev.infermark.runtime.queue.Service;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.TimeScale;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of one model on the modelled device. It takes its decisions in modelled time, from the instants at which
 * requests arrived, so that a host that is late changes none of them. For many threads.
 */
public final class ModelQueue {
    private final Placement placement;
    private final int limit;
    private final PacedClock clock;
    private final TimeScale scale;
    private final ServingListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Dispatcher dispatcher;
    private final Queue<Ticket> waiting = new ArrayDeque<>();
    private double now;
    private double timerAt = Double.POSITIVE_INFINITY;

    /**
     * Where a model is.
     *
     * @param model the served name
     * @param firstCore first of its NeuronCores on the instance
     * @param coresPerCopy cores of each copy of the network
     */
    public record Placement(String model, int firstCore, int coresPerCopy) {}

    /**
     * An empty queue.
     *
     * @param service what takes the calls
     * @param batching how requests share calls
     * @param limit most places that may wait
     * @param seed of the times that calls take
     */
    public ModelQueue(
            Placement placement,
            Service service,
            Batching batching,
            int limit,
            long seed,
            PacedClock clock,
            TimeScale scale,
            ServingListener listener) {
        this.placement = placement;
        this.limit = limit;
        this.clock = clock;
        this.scale = scale;
        this.listener = listener;
        this.dispatcher = Dispatcher.of(service, batching, seed);
    }

    /**
     * Queues a request.
     *
     * @param arrivalNanos when it arrived
     * @param places how many sequences or images it carries
     * @return its ticket, or nothing where the queue is full
     */
    public Optional<Ticket> submit(long arrivalNanos, int places) {
        lock.lock();
        try {
            // Threads may come here in another order than their requests arrived in.
            double arrival = Math.max(now, scale.seconds(arrivalNanos));
            while (dispatcher.leavesBefore(arrival)) {
                leave();
            }
            now = arrival;
            if (dispatcher.waiting() > limit - places) {
                return Optional.empty();
            }
            Ticket ticket = new Ticket(places, arrival);
            for (int i = 0; i < places; i++) {
                dispatcher.arrive(arrival);
                waiting.add(ticket);
            }
            leaveUntil(arrival);
            return Optional.of(ticket);
        } finally {
            lock.unlock();
        }
    }

    private void wake(double planned) {
        lock.lock();
        try {
            if (planned == timerAt) {
                timerAt = Double.POSITIVE_INFINITY;
            }
            leaveUntil(Math.max(planned, scale.seconds(clock.nanos())));
        } finally {
            lock.unlock();
        }
    }

    /** Lets all calls leave that are to leave by a time, and sees to it that this happens again for the next one. */
    private void leaveUntil(double time) {
        while (dispatcher.nextCall() <= time) {
            leave();
        }
        double next = dispatcher.nextCall();
        if (next < timerAt) {
            timerAt = next;
            clock.at(scale.nanos(next), () -> wake(next));
        }
    }

    private void leave() {
        Dispatcher.Call call = dispatcher.call(_ -> {});
        now = Math.max(now, call.start());
        long endNanos = scale.nanos(call.end());
        for (int i = 0; i < call.requests(); i++) {
            waiting.remove().leave(call.start(), call.end(), endNanos);
        }
        listener.executed(new Execution(
                placement.model(),
                placement.firstCore() + call.copy() * placement.coresPerCopy(),
                placement.coresPerCopy(),
                call.requests(),
                scale.nanos(call.start()),
                endNanos,
                call.heldUntil() - call.start(),
                call.end() - call.start()));
    }
}

package dev.infermark.runtime.queue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Simulates requests that queue for copies of a network, event by event. Immutable; each run has a state of its own,
 * and equal seeds give equal results to the bit.
 *
 * @param service what answers
 * @param batching how requests share calls
 * @param queueLimit most requests that wait; further ones are turned away
 */
public record QueueSimulation(Service service, Batching batching, int queueLimit) {
    private static final String GENERATOR = "L64X128MixRandom";

    /** No request is turned away. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** A run of so many requests whose callers do not wait for answers. */
    public LoadResult open(Arrivals arrivals, long requests, long seed) {
        RandomGenerator.SplittableGenerator random = generator(seed);
        return new Run(Clients.open(arrivals.stream(random.split()), requests), random.split()).result();
    }

    /** A run of so many requests by callers who each wait for an answer before they send again. */
    public LoadResult closed(int clients, long requests, long seed) {
        return new Run(Clients.closed(clients, requests), generator(seed).split()).result();
    }

    /** The random numbers of a run. */
    public static RandomGenerator.SplittableGenerator generator(long seed) {
        return RandomGeneratorFactory.<RandomGenerator.SplittableGenerator>of(GENERATOR).create(seed);
    }

    /** The state of one run. */
    private final class Run {
        private final Clients clients;
        private final Dispatcher dispatcher;
        private final PendingRequests arrived = new PendingRequests();
        private final LatencyRecorder recorder = new LatencyRecorder();
        private double first = Double.NaN;
        private double last;
        private double held;
        private long calls;
        private long dropped;
        private int longestQueue;

        Run(Clients clients, RandomGenerator random) {
            this.clients = clients;
            this.dispatcher = new Dispatcher(service, batching, random);
        }

        LoadResult result() {
            while (true) {
                double arrival = clients.peek();
                if (dispatcher.leavesBefore(arrival)) {
                    call();
                } else if (arrival < Double.POSITIVE_INFINITY) {
                    clients.take();
                    arrive(arrival);
                } else {
                    break;
                }
            }
            double seconds = last - first;
            // Copies that are held beyond the last answer have not been held within the run.
            double utilisation = seconds > 0 ? Math.min(1, held / (seconds * service.copies())) : 0;
            return new LoadResult(recorder.latencies(), dropped, seconds, utilisation, calls, longestQueue);
        }

        private void arrive(double time) {
            if (Double.isNaN(first)) {
                first = time;
                last = time;
            }
            if (dispatcher.waiting() >= queueLimit) {
                dropped++;
                clients.answered(time);
                return;
            }
            dispatcher.arrive(time);
            longestQueue = Math.max(longestQueue, dispatcher.waiting());
        }

        private void call() {
            Dispatcher.Call call = dispatcher.call(arrived::add);
            held += call.heldUntil() - call.start();
            calls++;
            last = Math.max(last, call.end());
            for (int i = call.requests(); i > 0; i--) {
                recorder.record(call.end() - arrived.remove());
                clients.answered(call.end());
            }
        }
    }
}

package dev.infermark.runtime.queue;

import java.util.Arrays;
import java.util.PriorityQueue;

/** Where the requests of one run come from: the next one's time, in seconds, and what an answer sets off. */
public interface Clients {

    /** Time of the next request, or infinity while none is known to come. */
    double peek();

    /** Moves on to the request after. */
    void take();

    /** Tells of a request that was answered or turned away. */
    void answered(double at);

    /** Callers who do not wait for answers, so that a slow service cannot hide its queue. */
    static Clients open(Arrivals.Stream arrivals, long requests) {
        return new Clients() {
            private long left = requests;
            private double next = requests > 0 ? arrivals.next() : Double.POSITIVE_INFINITY;

            @Override
            public double peek() {
                return next;
            }

            @Override
            public void take() {
                next = --left > 0 ? arrivals.next() : Double.POSITIVE_INFINITY;
            }

            @Override
            public void answered(double at) {
                // An open loop sends whatever the answers.
            }
        };
    }

    /** Callers who send their next request as soon as the last one is answered. */
    static Clients closed(int count, long requests) {
        return new Clients() {
            private final PriorityQueue<Double> ready = new PriorityQueue<>(Arrays.asList(zeros(count)));
            private long left = requests;

            @Override
            public double peek() {
                Double first = ready.peek();
                return left > 0 && first != null ? first : Double.POSITIVE_INFINITY;
            }

            @Override
            public void take() {
                ready.poll();
                left--;
            }

            @Override
            public void answered(double at) {
                ready.add(at);
            }
        };
    }

    private static Double[] zeros(int count) {
        Double[] zeros = new Double[count];
        Arrays.fill(zeros, 0.0);
        return zeros;
    }
}

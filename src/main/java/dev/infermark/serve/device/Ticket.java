package dev.infermark.serve.device;

import dev.infermark.serve.pacing.PacedClock;
import java.util.concurrent.CountDownLatch;

/** The place of a request in the queue, and its answer's instant once it has left. For the thread that submitted it. */
public final class Ticket {
    private final int places;
    private final double arrival;
    private final CountDownLatch open;
    private double start = Double.NaN;
    private double end;
    private long endNanos;

    Ticket(int places, double arrival) {
        this.places = places;
        this.arrival = arrival;
        this.open = new CountDownLatch(places);
    }

    /** One of its places leaves with a call; the last to end ends the request. Under the queue's lock. */
    void leave(double callStart, double callEnd, long callEndNanos) {
        if (Double.isNaN(start)) {
            start = callStart;
        }
        if (callEnd >= end) {
            end = callEnd;
            endNanos = callEndNanos;
        }
        open.countDown();
    }

    /** Waits until all of the request has left for the device, so that its times are known. */
    public void awaitStart() throws InterruptedException {
        open.await();
    }

    /** Waits until the device has answered, and returns by how many nanoseconds that is late. */
    public long awaitEnd(PacedClock clock) throws InterruptedException {
        clock.sleepUntil(endNanos);
        return clock.nanos() - endNanos;
    }

    /** Places of calls that the request takes, one for each of its sequences or images. */
    public int places() {
        return places;
    }

    /** Modelled seconds from the arrival to the start of the request's first call. */
    public double queueSeconds() {
        return start - arrival;
    }

    /** Modelled seconds from the arrival to the answer. */
    public double latencySeconds() {
        return end - arrival;
    }
}

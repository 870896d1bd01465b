package dev.infermark.serve.pacing;

import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The clock of the host. One thread waits for all: it parks until shortly before the next instant, since operating
 * systems wake threads some 50 µs late, and then spins. Sleepers are released a little early, since it takes time to
 * hand the processor over to them, and spin for what is left. So that a busy server spins on one processor alone.
 */
public final class Pacer implements PacedClock, AutoCloseable {
    /** How long before an instant the thread of the clock stops to park. */
    private static final long PARK_MARGIN = 80_000;

    /** How long before its instant a sleeper is released. */
    private static final long HANDOVER = 25_000;

    private static final Logger LOGGER = Logger.getLogger(Pacer.class.getName());

    private final Queue<Event> events = new PriorityBlockingQueue<>(64, Comparator.comparingLong(Event::nanos));
    private final Thread thread = Thread.ofPlatform().daemon().name("pacer").start(this::run);
    private volatile boolean isClosed;

    private record Event(long nanos, Runnable action) {}

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void at(long nanos, Runnable action) {
        events.add(new Event(nanos, action));
        Event next = events.peek();
        if (next != null && next.nanos() >= nanos) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        if (nanos - nanos() > HANDOVER) {
            Thread sleeper = Thread.currentThread();
            at(nanos - HANDOVER, () -> LockSupport.unpark(sleeper));
        }
        for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (left > HANDOVER) {
                LockSupport.park(this);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void run() {
        while (!isClosed) {
            Event next = events.peek();
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            long left = next.nanos() - nanos();
            if (left > PARK_MARGIN) {
                LockSupport.parkNanos(this, left - PARK_MARGIN);
            } else if (left > 0) {
                Thread.onSpinWait();
            } else {
                // Or one before it, that has come in between.
                run(events.remove().action());
            }
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // The clock goes on: others wait for it.
            LOGGER.log(Level.SEVERE, "an action of the clock failed", e);
        }
    }

    /** Runs none of the actions that are still to come, and wakes no sleeper. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}

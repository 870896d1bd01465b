package dev.infermark.serve.pacing;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The clock of the host. A sleeper parks until shortly before its instant, since operating systems wake threads some
 * 50 µs late; then it yields to other threads until the instant has come, and at the very end spins.
 */
public final class Pacer implements PacedClock, AutoCloseable {
    /** How long before its instant a sleeper is to be woken. */
    private static final long PARK_MARGIN = 200_000;

    /** How long before its instant a sleeper stops to yield, since it may be given the processor back late. */
    private static final long YIELD_MARGIN = 10_000;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pacer").factory());

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void at(long nanos, Runnable action) {
        timer.schedule(action, nanos - nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (left > PARK_MARGIN) {
                LockSupport.parkNanos(this, left - PARK_MARGIN);
            } else if (left > YIELD_MARGIN) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Runs none of the actions that are still to come. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package dev.infermark.serve.protocol;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests a service has, and whether it takes more. For many threads. */
public final class InFlight {
    private static final Duration POLL = Duration.ofMillis(5);

    private final AtomicLong count = new AtomicLong();
    private volatile boolean isEnding;

    /**
     * A request comes in; whoever let it in calls {@link #leave} when all about it is done, counted included.
     *
     * @return whether it is taken; one that is not has no need to leave
     */
    public boolean enter() {
        // Counted before it asks, so that a drain either sees it or has turned it away.
        count.incrementAndGet();
        if (isEnding) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A request that was taken has ended. */
    public void leave() {
        count.decrementAndGet();
    }

    /** Requests that were taken and have not ended. */
    public long count() {
        return count.get();
    }

    /** Whether no more are taken. */
    public boolean isEnding() {
        return isEnding;
    }

    /**
     * Takes no more, and waits until all have left.
     *
     * @param longest the longest wait
     * @return how many have not left
     */
    public long drain(Duration longest) throws InterruptedException {
        isEnding = true;
        long start = System.nanoTime();
        while (count() > 0 && System.nanoTime() - start < longest.toNanos()) {
            Thread.sleep(POLL);
        }
        return count();
    }
}

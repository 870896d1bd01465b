package dev.infermark.serve.pacing;

/** A clock that can be waited on; its instants are nanoseconds as of {@link System#nanoTime()}. For many threads. */
public interface PacedClock {

    /** The present instant. */
    long nanos();

    /** Runs a short action at this instant or soon after, on a thread of the clock. */
    void at(long nanos, Runnable action);

    /**
     * Blocks the calling thread until this instant; returns at once when it is past.
     *
     * @throws InterruptedException when the thread is told to give up
     */
    void sleepUntil(long nanos) throws InterruptedException;
}

package dev.infermark.serve.metrics;

/** For how long a NeuronCore has been at work. Its calls come one after the other; for many threads. */
final class CoreUse {
    private long doneNanos;
    private long start;
    private long end;

    /** The core is at work from one instant to another, not before the end of its last work. */
    synchronized void work(long startNanos, long endNanos) {
        doneNanos += end - start;
        start = startNanos;
        end = endNanos;
    }

    /** How long it has been at work until this instant, in nanoseconds. */
    synchronized long nanosUntil(long instant) {
        return doneNanos + Math.clamp(instant - start, 0, end - start);
    }
}

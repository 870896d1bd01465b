package dev.infermark.kernel.simd;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Units of work that threads take until none is left: many at first and fewer towards the end, so that a thread that
 * came late or was held up takes fewer, and all end at nearly the same time.
 *
 * <p>After Polychronopoulos and Kuck, Guided Self-Scheduling, 1987; each takes half of its share of what is left.
 */
final class UnitQueue {
    private final int units;
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();

    UnitQueue(int units, int threads) {
        this.units = units;
        this.threads = threads;
    }

    /** The next units, which the caller now has to do; none where all are taken. */
    Range take() {
        int from = next.getAndUpdate(taken -> taken + share(taken));
        return new Range(from, from + share(from));
    }

    private int share(int from) {
        int left = units - from;
        return threads == 1 ? left : Math.ceilDiv(left, 2 * threads);
    }

    /**
     * Units of consecutive numbers.
     *
     * @param from the first
     * @param to the one after the last
     */
    record Range(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }
}

package dev.infermark.kernel.simd;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Units of work that threads take until none is left: many at first and fewer towards the end, so that a thread that
 * came late or was held up takes fewer, and all end at nearly the same time.
 *
 * <p>After Polychronopoulos and Kuck, Guided Self-Scheduling, 1987; each takes half of its share of what is left. Units
 * of a group have a preparation in common: a thread takes whole groups, or towards the end one part of a group, which
 * is small only if it is the group's last.
 */
final class UnitQueue {
    /** Parts of a group that are taken at the end. */
    private static final int MOST_PARTS = 6;

    private final int units;
    private final int group;
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();

    /** @param group how many consecutive units make a group */
    UnitQueue(int units, int group, int threads) {
        this.units = units;
        this.group = group;
        this.threads = threads;
    }

    /** Puts all units back; nobody may be taking any. */
    void reset() {
        next.set(0);
    }

    /**
     * The first of the next units, which the caller now has to do up to {@link #end}; where all are taken, that is the
     * first itself.
     */
    int take() {
        int from = next.get();
        while (!next.compareAndSet(from, end(from))) {
            from = next.get();
        }
        return from;
    }

    /** The unit after those that were taken with the first. */
    int end(int from) {
        if (threads == 1) {
            return units;
        }
        int left = units - from;
        int share = Math.ceilDiv(left, 2 * threads);
        if (share < group) {
            int end = Math.min(units, (from / group + 1) * group);
            return Math.min(from + Math.max(share, Math.ceilDiv(group, MOST_PARTS)), end);
        }
        return Math.min(Math.ceilDiv(from + share, group) * group, units);
    }
}

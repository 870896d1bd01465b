package dev.infermark.runtime.continuous;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One copy of a network that generates for the requests in its slots, one call after the other: a call is the prefill
 * of requests that join, or a step of all that are active. What joins and leaves does so between calls (Orca's
 * iteration-level scheduling, Yu et al., OSDI 2022).
 *
 * <p>It has no clock: whoever drives it calls {@link #endCall} when {@link #callEnd} has come. Not thread-safe.
 */
public final class Batcher {
    private final DecodingService service;
    private final TokenListener listener;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> active = new ArrayList<>();
    private final List<Sequence> prefilling = new ArrayList<>();
    private Call call = Call.NONE;
    private double callEnd = Double.POSITIVE_INFINITY;
    private double slotSeconds;
    private double busySeconds;

    /** What is under way. */
    private enum Call {
        NONE,
        PREFILL,
        STEP
    }

    /** An idle copy of a service. */
    public Batcher(DecodingService service, TokenListener listener) {
        this.service = service;
        this.listener = listener;
    }

    /** A request comes; it joins at the next end of a call that leaves a slot free, first come, first served. */
    public void add(Sequence sequence) {
        waiting.add(sequence);
        if (isIdle()) {
            callEnd = sequence.arrival();
        }
    }

    /** Drops a request whose caller has gone, wherever it is; its slot is free at the end of the call. */
    public void abandon(Sequence sequence) {
        if (!waiting.remove(sequence)) {
            active.remove(sequence);
            prefilling.remove(sequence);
        }
    }

    /** When the call under way ends, in seconds; infinity where none is. */
    public double callEnd() {
        return callEnd;
    }

    /** Whether nothing is to be done. */
    public boolean isIdle() {
        return callEnd == Double.POSITIVE_INFINITY;
    }

    /**
     * Ends the call under way: its sequences take their tokens, those that are complete leave, the next call begins.
     */
    public void endCall() {
        double now = callEnd;
        List<Sequence> given = switch (call) {
            case NONE -> List.of();
            case PREFILL -> prefilling;
            case STEP -> active;
        };
        for (Sequence each : given) {
            listener.token(each, each.take(now));
        }
        active.addAll(prefilling);
        prefilling.clear();
        active.removeIf(Sequence::isComplete);
        join();
        call = !prefilling.isEmpty() ? Call.PREFILL : active.isEmpty() ? Call.NONE : Call.STEP;
        callEnd = switch (call) {
            case NONE -> Double.POSITIVE_INFINITY;
            case PREFILL ->
                    begin(prefilling, now, service.times().prefillSeconds(prefilling.size(), longest(prefilling)));
            case STEP -> begin(active, now, service.times().stepSeconds(active.size(), longest(active)));
        };
    }

    private double begin(List<Sequence> sequences, double now, double seconds) {
        busySeconds += seconds;
        slotSeconds += seconds * (active.size() + prefilling.size());
        listener.begins(List.copyOf(sequences), now, now + seconds);
        return now + seconds;
    }

    private void join() {
        int free = switch (service.joining()) {
            case CONTINUOUS -> Math.min(1, service.slots() - active.size());
            case STATIC -> active.isEmpty() ? service.slots() : 0;
        };
        while (prefilling.size() < free && !waiting.isEmpty()) {
            prefilling.add(waiting.remove());
        }
        long padded = prefilling.stream().mapToLong(each -> each.size().inputTokens()).max().orElse(0);
        prefilling.forEach(each -> each.join(padded));
    }

    private static long longest(List<Sequence> sequences) {
        long longest = 0;
        for (Sequence each : sequences) {
            longest = Math.max(longest, each.cachedTokens());
        }
        return longest;
    }

    /** Requests that have no slot. */
    public int waiting() {
        return waiting.size();
    }

    /** Requests that are not answered in full. */
    public int outstanding() {
        return waiting.size() + active.size() + prefilling.size();
    }

    /** Seconds of all calls so far, the one under way in full. */
    public double busySeconds() {
        return busySeconds;
    }

    /** Seconds for which slots were taken, summed over the slots. */
    public double slotSeconds() {
        return slotSeconds;
    }
}

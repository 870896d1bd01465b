package dev.infermark.serve.device;

import dev.infermark.serve.pacing.PacedClock;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements PacedClock {
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::nanos));
    private long now;

    private record Alarm(long nanos, Runnable action) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void at(long nanos, Runnable action) {
        alarms.add(new Alarm(nanos, action));
    }

    @Override
    public void sleepUntil(long nanos) {
        moveTo(nanos);
    }

    /** Lets time pass, and runs what is due on the way. */
    public void moveTo(long nanos) {
        for (Alarm next = alarms.peek(); next != null && next.nanos() <= nanos; next = alarms.peek()) {
            alarms.remove();
            now = Math.max(now, next.nanos());
            next.action().run();
        }
        now = Math.max(now, nanos);
    }
}

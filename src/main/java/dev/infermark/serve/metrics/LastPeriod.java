package dev.infermark.serve.metrics;

import dev.infermark.serve.pacing.PacedClock;
import java.time.Duration;

/** The report of the last whole period, as an exporter holds it until the next line of neuron-monitor. */
final class LastPeriod {
    private final DeviceCounters counters;
    private final PacedClock clock;
    private final long periodNanos;
    private DeviceCounters.Snapshot before;
    private volatile PeriodReport report;

    LastPeriod(DeviceCounters counters, PacedClock clock, Duration period) {
        this.counters = counters;
        this.clock = clock;
        this.periodNanos = period.toNanos();
        this.before = counters.snapshot(clock.nanos());
        this.report = PeriodReport.between(before, before);
        scheduleNext();
    }

    PeriodReport report() {
        return report;
    }

    private void scheduleNext() {
        clock.at(before.nanos() + periodNanos, this::endPeriod);
    }

    private void endPeriod() {
        DeviceCounters.Snapshot now = counters.snapshot(clock.nanos());
        report = PeriodReport.between(before, now);
        before = now;
        scheduleNext();
    }
}

package dev.infermark.serve.metrics;

import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.Execution;
import dev.infermark.serve.device.ServingListener;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the device has done since the start: all counts only grow. For many threads. */
public final class DeviceCounters implements ServingListener {
    private static final int DIGITS = 3;
    private static final double NANOS = 1e9;

    private final List<CoreUse> cores;
    private final LongAdder incorrectInput = new LongAdder();
    private final LongAdder failedToQueue = new LongAdder();
    private final Histogram totalLatency = new ConcurrentHistogram(DIGITS);
    private final Histogram deviceLatency = new ConcurrentHistogram(DIGITS);

    /** Counters of a machine with so many NeuronCores. */
    public DeviceCounters(int cores) {
        this.cores = Stream.generate(CoreUse::new).limit(cores).toList();
    }

    @Override
    public void executed(Execution execution) {
        double hostNanosPerSecond =
                (execution.endNanos() - execution.startNanos()) / execution.latencySeconds();
        long heldUntil = execution.startNanos() + Math.round(execution.heldSeconds() * hostNanosPerSecond);
        for (int i = 0; i < execution.cores(); i++) {
            cores.get(execution.firstCore() + i).work(execution.startNanos(), heldUntil);
        }
        totalLatency.recordValue(Math.round(NANOS * execution.latencySeconds()));
        deviceLatency.recordValue(Math.round(NANOS * execution.heldSeconds()));
    }

    @Override
    public void answered(Answer answer) {
        switch (answer.outcome()) {
            case REFUSED -> incorrectInput.increment();
            case TURNED_AWAY -> failedToQueue.increment();
            case ANSWERED, ABANDONED -> {
                // Their calls were counted when they left.
            }
        }
    }

    /** What was counted until this instant; a call counts as executed from its start. */
    Snapshot snapshot(long nanos) {
        return new Snapshot(
                nanos,
                cores.stream().map(core -> core.nanosUntil(nanos)).toList(),
                incorrectInput.sum(),
                failedToQueue.sum(),
                totalLatency.copy(),
                deviceLatency.copy());
    }

    /**
     * Counts at an instant.
     *
     * @param nanos the instant
     * @param busyNanos how long each core has been at work
     * @param incorrectInput requests that the model cannot take
     * @param failedToQueue requests that found the queue full
     * @param totalLatency modelled nanoseconds of each call from its start to its answers
     * @param deviceLatency modelled nanoseconds for which each call held its cores
     */
    record Snapshot(
            long nanos,
            List<Long> busyNanos,
            long incorrectInput,
            long failedToQueue,
            Histogram totalLatency,
            Histogram deviceLatency) {

        /** Calls of the device. */
        long executed() {
            return totalLatency.getTotalCount();
        }
    }
}

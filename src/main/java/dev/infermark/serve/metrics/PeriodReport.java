package dev.infermark.serve.metrics;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What the device did within a period.
 *
 * @param seconds length of the period on the host's clock
 * @param utilization share of the period for which each core was at work, from 0 to 1
 * @param completed calls
 * @param incorrectInput requests that the model could not take
 * @param failedToQueue requests that found the queue full
 * @param totalLatency modelled seconds of calls by percentile, empty where there was none
 * @param deviceLatency modelled seconds of calls on their cores by percentile, empty where there was none
 */
record PeriodReport(
        double seconds,
        List<Double> utilization,
        long completed,
        long incorrectInput,
        long failedToQueue,
        SortedMap<Integer, Double> totalLatency,
        SortedMap<Integer, Double> deviceLatency) {
    private static final double NANOS = 1e9;

    /** The percentiles that neuron-monitor prints. */
    private static final List<Integer> PERCENTILES = List.of(0, 1, 25, 50, 75, 99, 100);

    /** The difference of two snapshots. */
    static PeriodReport between(DeviceCounters.Snapshot before, DeviceCounters.Snapshot after) {
        long nanos = after.nanos() - before.nanos();
        return new PeriodReport(
                nanos / NANOS,
                IntStream.range(0, after.busyNanos().size())
                        .mapToObj(core -> nanos == 0
                                ? 0.0
                                : (double) (after.busyNanos().get(core) - before.busyNanos().get(core)) / nanos)
                        .toList(),
                after.executed() - before.executed(),
                after.incorrectInput() - before.incorrectInput(),
                after.failedToQueue() - before.failedToQueue(),
                percentiles(before.totalLatency(), after.totalLatency()),
                percentiles(before.deviceLatency(), after.deviceLatency()));
    }

    private static SortedMap<Integer, Double> percentiles(Histogram before, Histogram after) {
        Histogram period = after.copy();
        period.subtract(before);
        SortedMap<Integer, Double> seconds = new TreeMap<>();
        if (period.getTotalCount() > 0) {
            PERCENTILES.forEach(each -> seconds.put(each, period.getValueAtPercentile(each) / NANOS));
        }
        return Collections.unmodifiableSortedMap(seconds);
    }
}

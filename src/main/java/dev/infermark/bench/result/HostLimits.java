package dev.infermark.bench.result;

import dev.infermark.bench.Inputs;
import dev.infermark.bench.peer.Peer;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How fast the machine could be at best, by the reference benchmarks of the same run.
 *
 * <p>An operation takes no less than its multiply-adds take all in registers, and no less than its bytes take to pass:
 * as many as are both read and written at the speed of a copy, the rest at the speed of reading, both interpolated
 * between the measured working sets next to the operation's own (in logarithms, for caches grow by factors).
 */
public final class HostLimits {
    private static final Set<String> BYTES = Set.of("int8", "uint8");
    /** Reference benchmarks have errors of their own. */
    private static final double LEAST_ERROR = 0.05;

    private final OptionalDouble flopsPerMicro;
    /** Multiply-adds of bytes, which the Vector API may do as INT32 or as FP32. */
    private final OptionalDouble byteOpsPerMicro;
    private final NavigableMap<Double, Double> readBytesPerMicro;
    private final NavigableMap<Double, Double> copyBytesPerMicro;
    /** The limits in each round; empty where they are those of one. */
    private final List<HostLimits> rounds;

    private HostLimits(List<MeasuredRow> rows, List<HostLimits> rounds) {
        this.flopsPerMicro = peak(rows, row -> !BYTES.contains(row.id().type()));
        this.byteOpsPerMicro = peak(rows, _ -> true);
        this.readBytesPerMicro = bandwidths(rows, Operation.Reference.READ);
        this.copyBytesPerMicro = bandwidths(rows, Operation.Reference.COPY);
        this.rounds = rounds;
    }

    private static OptionalDouble peak(List<MeasuredRow> rows, Predicate<MeasuredRow> type) {
        return rows.stream()
                .filter(row -> row.id().operation() == Operation.Reference.MULTIPLY_ADD)
                .filter(type)
                .mapToDouble(row -> 2 * elements(row) / row.micros())
                .max();
    }

    /** The limits that a run's own reference benchmarks show. */
    public static HostLimits of(BenchmarkResults results) {
        List<MeasuredRow> rows = results.measurements();
        int forks = rows.stream().mapToInt(row -> row.forkMedians().size()).min().orElse(0);
        return new HostLimits(
                rows,
                IntStream.range(0, forks)
                        .mapToObj(round -> rows.stream()
                                .map(row -> row.ofRound(round))
                                .toList())
                        .map(round -> new HostLimits(round, List.of()))
                        .toList());
    }

    /** Bytes per microsecond by the bytes of the working set. */
    private static NavigableMap<Double, Double> bandwidths(List<MeasuredRow> rows, Operation operation) {
        NavigableMap<Double, Double> bandwidths = new TreeMap<>();
        for (MeasuredRow row : rows) {
            if (row.id().operation().equals(operation)) {
                double bytes = Float.BYTES * elements(row);
                bandwidths.put(bytes, bytes / row.micros());
            }
        }
        return bandwidths;
    }

    private static double elements(MeasuredRow reference) {
        double elements = 1;
        for (int size : Inputs.sizes(reference.id().shape())) {
            elements *= size;
        }
        return elements;
    }

    /**
     * The least time of a row in microseconds, empty where its work or a reference benchmark that it needs is
     * unknown.
     *
     * <p>The Vector API multiplies bytes as INT32 or as FP32, which holds their products exactly: the faster is the
     * roof. Native peers have dot products of bytes, whose roof no Java code can measure.
     */
    public OptionalDouble micros(BenchmarkId id) {
        boolean isBytes = BYTES.contains(id.type());
        boolean isNative = Peer.named(id.implementation()).filter(Peer::isNative).isPresent();
        if (isNative && isBytes) {
            return OptionalDouble.empty();
        }
        Optional<KernelWork> work = KernelWork.of(id);
        OptionalDouble peak = isBytes ? byteOpsPerMicro : flopsPerMicro;
        if (work.isEmpty() || peak.isEmpty() || readBytesPerMicro.isEmpty() || copyBytesPerMicro.isEmpty()) {
            return OptionalDouble.empty();
        }
        double arithmetic = work.get().flops() / (peak.getAsDouble() * id.threads());
        return OptionalDouble.of(Math.max(arithmetic, memory(work.get())));
    }

    /**
     * The row's share of the limit, 1 where it is as fast as the machine could be: the median over rounds, in each of
     * which the machine may be another, or where rows differ in their forks, that of medians. Empty where there is no
     * limit, and where the row is faster by more than its error: such a limit is at fault, and none.
     */
    public OptionalDouble share(MeasuredRow row) {
        OptionalDouble share = unchecked(row);
        return share.isPresent() && isExceeded(row, share.getAsDouble()) ? OptionalDouble.empty() : share;
    }

    /** The rows that are faster than their limit by more than their error. */
    public List<MeasuredRow> exceeded(BenchmarkResults results) {
        return results.measurements().stream()
                .filter(row -> unchecked(row).stream().anyMatch(share -> isExceeded(row, share)))
                .toList();
    }

    private static boolean isExceeded(MeasuredRow row, double share) {
        return share > 1 + Math.max(LEAST_ERROR, row.error().orElse(0) / row.median());
    }

    private OptionalDouble unchecked(MeasuredRow row) {
        OptionalDouble limit = micros(row.id());
        if (limit.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> limits = row.forkMedians().size() == rounds.size()
                ? rounds.stream()
                        .map(round -> round.micros(row.id()).orElseThrow())
                        .toList()
                : List.of(limit.getAsDouble());
        return OptionalDouble.of(row.speedOver(new MeasuredRow(row.id(), "us/op", limits, OptionalDouble.empty())));
    }

    private double memory(KernelWork work) {
        double paired = Math.min(work.bytesRead(), work.bytesWritten());
        double unpaired = work.workingSet() - 2 * paired;
        return 2 * paired / at(copyBytesPerMicro, work.workingSet())
                + unpaired / at(readBytesPerMicro, work.workingSet());
    }

    private static double at(NavigableMap<Double, Double> bandwidths, double workingSet) {
        Map.Entry<Double, Double> below = bandwidths.floorEntry(workingSet);
        Map.Entry<Double, Double> above = bandwidths.ceilingEntry(workingSet);
        if (below == null || above == null) {
            return (below == null ? bandwidths.firstEntry() : bandwidths.lastEntry()).getValue();
        }
        double distance = below.getKey().equals(above.getKey())
                ? 0
                : Math.log(workingSet / below.getKey()) / Math.log(above.getKey() / below.getKey());
        return below.getValue() * Math.pow(above.getValue() / below.getValue(), distance);
    }
}

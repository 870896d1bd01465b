package dev.infermark.bench.result;

import dev.infermark.base.Median;
import dev.infermark.base.UserError;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One measured row: the median of each fork's iterations, from which everything else follows.
 *
 * <p>Iterations of one fork share a JVM with its compilation and memory layout, so forks are the independent samples.
 *
 * @param id what was measured
 * @param unit JMH's unit of the numbers, such as {@code us/op}
 * @param forkMedians the median over the iterations of each fork, in {@code unit}, in the order they ran
 * @param allocatedBytes what one operation left on the heap, by the least of all iterations; empty where not observed
 * @param steadiness whether iterations and forks had settled
 */
public record MeasuredRow(
        BenchmarkId id,
        String unit,
        List<Double> forkMedians,
        OptionalDouble allocatedBytes,
        Steadiness steadiness) {

    /** Two objects without fields: what results show of a kernel that allocates nothing is less. */
    private static final double STEADY_BYTES = 32;
    /** What JMH itself allocates while it measures, over all the operations of an iteration. */
    private static final double JMH_BYTES_PER_MICRO = 0.1;
    /** An interval of 95 % leaves out as much on either side. */
    private static final double UPPER_QUANTILE = 0.975;

    /** No operation takes less or more in any of JMH's units; ratios of such stay finite. */
    private static final double LEAST = 1e-12;

    private static final double MOST = 1e15;

    /** Refuses a row without forks and values that no operation takes. */
    public MeasuredRow {
        forkMedians = List.copyOf(forkMedians);
        if (forkMedians.isEmpty()) {
            throw new IllegalArgumentException("no forks");
        }
        for (double value : forkMedians) {
            if (!(value >= LEAST && value <= MOST)) {
                throw new IllegalArgumentException("a score of " + value);
            }
        }
    }

    /** A row of forks whose iterations are not at hand. */
    public MeasuredRow(BenchmarkId id, String unit, List<Double> forkMedians, OptionalDouble allocatedBytes) {
        this(id, unit, forkMedians, allocatedBytes, Steadiness.UNKNOWN);
    }

    /** The median over forks, in {@link #unit}. */
    public double median() {
        return median(forkMedians);
    }

    /** The median over forks in microseconds; refuses a unit that is no time of an operation. */
    public double micros() {
        return median() * switch (unit) {
            case "ns/op" -> 1e-3;
            case "us/op" -> 1;
            case "ms/op" -> 1e3;
            case "s/op" -> 1e6;
            default -> throw new UserError(
                    id.label() + " is measured in " + unit + ", which is no time: use JMH's mode avgt");
        };
    }

    /** The smallest fork median, in {@link #unit}. */
    public double min() {
        return Collections.min(forkMedians);
    }

    /** The largest fork median, in {@link #unit}. */
    public double max() {
        return Collections.max(forkMedians);
    }

    /** How far the forks lie apart: (max − min) / median; empty for one fork. */
    public OptionalDouble spread() {
        return forkMedians.size() == 1 ? OptionalDouble.empty() : OptionalDouble.of((max() - min()) / median());
    }

    /** Half the width of the 95 % interval by Student's t of the forks, in {@link #unit}; empty for one fork. */
    public OptionalDouble error() {
        int forks = forkMedians.size();
        if (forks == 1) {
            return OptionalDouble.empty();
        }
        double mean = forkMedians.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = forkMedians.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        double t = TDistribution.of(forks - 1.0).inverseCumulativeProbability(UPPER_QUANTILE);
        return OptionalDouble.of(t * Math.sqrt(squares / (forks - 1) / forks));
    }

    /** What people read of the row's trust: its steadiness, and that it is of one fork only, if so. */
    public String remark() {
        return forkMedians.size() == 1 ? steadiness.remark() + ", 1 fork" : steadiness.remark();
    }

    /**
     * How many times as fast as another row this one is: the median over rounds, since a host is slower for minutes at
     * a time, and rows that are compared ran one after the other. Where not as many forks were measured of both, that
     * of their medians.
     */
    public double speedOver(MeasuredRow other) {
        return other.forkMedians.size() == forkMedians.size()
                ? median(ratios(other))
                : other.micros() / micros();
    }

    /** Half the width of the 95 % interval of {@link #speedOver}, as a share of it; empty where either has one fork. */
    public OptionalDouble speedErrorOver(MeasuredRow other) {
        OptionalDouble own = relativeError();
        OptionalDouble others = other.relativeError();
        if (own.isEmpty() || others.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (other.forkMedians.size() != forkMedians.size()) {
            return OptionalDouble.of(Math.hypot(own.getAsDouble(), others.getAsDouble()));
        }
        return new MeasuredRow(id, unit, ratios(other), OptionalDouble.empty()).relativeError();
    }

    /** {@link #error} as a share of the median. */
    public OptionalDouble relativeError() {
        OptionalDouble error = error();
        return error.isPresent() ? OptionalDouble.of(error.getAsDouble() / median()) : error;
    }

    /** How many times as fast this one is, round by round. */
    private List<Double> ratios(MeasuredRow other) {
        return IntStream.range(0, forkMedians.size())
                .mapToObj(round -> other.ofRound(round).micros() / ofRound(round).micros())
                .toList();
    }

    /** The fork of one round alone, from 0. */
    MeasuredRow ofRound(int round) {
        return new MeasuredRow(id, unit, List.of(forkMedians.get(round)), allocatedBytes);
    }

    /** Whether one of our own fast kernels leaves more on the heap than JMH itself does. */
    boolean isAllocating() {
        return id.implementation().equals("simd")
                && allocatedBytes.orElse(0) > STEADY_BYTES
                && allocatedBytes.orElse(0) > JMH_BYTES_PER_MICRO * micros();
    }

    private static double median(List<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}

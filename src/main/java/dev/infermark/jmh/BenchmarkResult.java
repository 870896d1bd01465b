package dev.infermark.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One row of JMH's results.
 *
 * @param key what was measured
 * @param unit unit of the values, such as {@code ns/op}
 * @param direction which way the value gets better
 * @param forks the values of each fork's iterations, in order
 * @param score JMH's own score: the mean over all iterations of all forks
 * @param scoreError half-width of JMH's own 99.9 % interval, NaN where JMH gave none
 * @param allocatedBytes what one operation left on the heap, by the least of all iterations; empty where not observed
 * @param compilerShares of each fork, the share of each iteration in which the JIT compilers worked; empty where not
 *     observed
 * @param environment where and how it was measured
 */
public record BenchmarkResult(
        BenchmarkKey key,
        String unit,
        Direction direction,
        List<double[]> forks,
        double score,
        double scoreError,
        OptionalDouble allocatedBytes,
        List<double[]> compilerShares,
        Environment environment) {
    /** No clock and no counter tells more; sums and products of such values stay finite. */
    public static final double LARGEST = 1e100;

    /** Copies the lists of forks; the arrays themselves are shared and not to be changed. */
    public BenchmarkResult {
        forks = List.copyOf(forks);
        compilerShares = List.copyOf(compilerShares);
    }

    /** The same result in another unit, of which one of this result's unit is {@code factor}. */
    public BenchmarkResult scaled(double factor, String newUnit) {
        List<double[]> values = forks.stream()
                .map(fork -> Arrays.stream(fork).map(value -> value * factor).toArray())
                .toList();
        return new BenchmarkResult(
                key,
                newUnit,
                direction,
                values,
                score * factor,
                scoreError * factor,
                allocatedBytes,
                compilerShares,
                environment);
    }
}

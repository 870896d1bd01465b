package dev.infermark.regress.select;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkKey;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.Environment;
import dev.infermark.jmh.JmhJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All results of one build; several files of one build add their forks together.
 *
 * @param name for messages, such as {@code baseline}
 * @param results each benchmark's result with all of its forks
 */
public record Side(String name, SortedMap<BenchmarkKey, BenchmarkResult> results) {

    /** Copies the results. */
    public Side {
        results = Collections.unmodifiableSortedMap(new TreeMap<>(results));
    }

    /**
     * Reads the files of one build; refuses a benchmark that two of them measured under different conditions, and forks
     * that are given twice, which would count as evidence twice.
     */
    public static Side read(String name, List<Path> files) {
        SortedMap<BenchmarkKey, BenchmarkResult> results = new TreeMap<>();
        for (Path file : files) {
            List<BenchmarkResult> read = JmhJson.read(file);
            refuseRepeats(file, read, results);
            read.forEach(result -> results.merge(result.key(), result, (a, b) -> join(name, file, a, b)));
        }
        return new Side(name, results);
    }

    /**
     * Two runs never agree in every digit of every iteration; a copy of one does. A single short call, though, may by
     * chance take as many ticks of the clock as another.
     */
    private static void refuseRepeats(
            Path file, List<BenchmarkResult> read, SortedMap<BenchmarkKey, BenchmarkResult> earlier) {
        Set<BenchmarkKey> keys = new HashSet<>();
        for (BenchmarkResult result : read) {
            if (!keys.add(result.key())) {
                throw new UserError(file + " holds " + result.key().label()
                        + " twice: keep the row that was measured last, or write one file per run");
            }
            BenchmarkResult before = earlier.get(result.key());
            if (before != null && repeated(before.forks(), result.forks()) > 1) {
                throw new UserError(file + " holds the same forks of " + result.key().label()
                        + " as a file before it: name each run once");
            }
        }
    }

    /** How many iterations belong to forks that were there before. */
    private static int repeated(List<double[]> before, List<double[]> forks) {
        return forks.stream()
                .filter(fork -> before.stream().anyMatch(other -> Arrays.equals(fork, other)))
                .mapToInt(fork -> fork.length)
                .sum();
    }

    private static BenchmarkResult join(String side, Path file, BenchmarkResult first, BenchmarkResult second) {
        for (Environment.Aspect aspect : Environment.Aspect.values()) {
            String a = first.environment().get(aspect).orElse("");
            String b = second.environment().get(aspect).orElse("");
            if (!a.equals(b)) {
                throw new UserError("the %s's files differ in %s for %s: '%s', and '%s' in %s: measure them alike"
                        .formatted(side, aspect.label(), first.key().label(), a, b, file));
            }
        }
        List<double[]> forks = new ArrayList<>(first.forks());
        forks.addAll(second.forks());
        double score = Stream.of(first, second)
                .flatMap(r -> r.forks().stream())
                .flatMapToDouble(Arrays::stream)
                .average()
                .orElseThrow();
        return new BenchmarkResult(
                first.key(),
                first.unit(),
                first.direction(),
                forks,
                score,
                Double.NaN,
                OptionalDouble.empty(),
                List.of(),
                first.environment());
    }
}

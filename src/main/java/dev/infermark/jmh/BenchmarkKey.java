package dev.infermark.jmh;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What tells one row of results from another.
 *
 * @param benchmark the method's full name
 * @param mode JMH's mode, such as {@code avgt}
 * @param params the benchmark's parameters by name
 */
public record BenchmarkKey(String benchmark, String mode, SortedMap<String, String> params)
        implements Comparable<BenchmarkKey> {
    private static final Comparator<BenchmarkKey> ORDER = Comparator.comparing(BenchmarkKey::benchmark)
            .thenComparing(BenchmarkKey::mode)
            .thenComparing(key -> key.params().toString());

    /** Copies the parameters. */
    public BenchmarkKey {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** A key from parameters in any order. */
    public static BenchmarkKey of(String benchmark, String mode, Map<String, String> params) {
        return new BenchmarkKey(benchmark, mode, new TreeMap<>(params));
    }

    /** The whole name in one line, such as {@code dev.infermark.Matmul.run:avgt{k=64;m=64}}. */
    public String label() {
        String settings = params.isEmpty()
                ? ""
                : params.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(";", "{", "}"));
        return benchmark + ":" + mode + settings;
    }

    @Override
    public int compareTo(BenchmarkKey other) {
        return ORDER.compare(this, other);
    }
}

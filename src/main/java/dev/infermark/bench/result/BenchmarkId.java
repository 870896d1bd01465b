package dev.infermark.bench.result;

import dev.infermark.base.UserError;
import dev.infermark.bench.OperatorExample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one row of results measures: a benchmark with one choice of its parameters.
 *
 * <p>Rows of the same operation, type and shape are neighbours in order, so that peers stand side by side; shapes are
 * ordered by their sizes, the first of each first.
 *
 * @param benchmark class and method, such as {@code dev.infermark.bench.TensorEngineBenchmark.matmul}
 * @param implementation the implementation measured, empty where the benchmark has no such parameter
 * @param type the data type, empty where the benchmark has no such parameter
 * @param shape the shape, empty where the benchmark has no such parameter
 * @param mode JMH's short name of the mode, such as {@code avgt}
 */
public record BenchmarkId(String benchmark, String implementation, String type, String shape, String mode)
        implements Comparable<BenchmarkId> {
    private static final Set<String> PARAMETERS = Set.of("implementation", "type", "shape");

    /** Numbers in digits without leading zeros. */
    private static final Comparator<String> BY_VALUE =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    /** Size by size, so that {@code 128x1024} comes before {@code 1280x256}. */
    public static final Comparator<BenchmarkId> BY_SHAPE = Comparator.comparing(
                    BenchmarkId::sizes, (a, b) -> Arrays.compare(a, b, BY_VALUE))
            .thenComparing(BenchmarkId::shape);

    private static final Comparator<BenchmarkId> ORDER = Comparator.comparing(
                    (BenchmarkId id) -> id.operation().label())
            .thenComparing(BenchmarkId::type)
            .thenComparing(BY_SHAPE)
            .thenComparing(BenchmarkId::implementation)
            .thenComparing(BenchmarkId::benchmark)
            .thenComparing(BenchmarkId::mode);

    /** Names a row by JMH's parameters; refuses parameters for which results have no column. */
    public static BenchmarkId of(String benchmark, String mode, Map<String, String> parameters) {
        String operator = parameters.get(OperatorExample.PARAMETER);
        if (operator != null) {
            return ofOperator(benchmark, mode, parameters, OperatorExample.parse(operator));
        }
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new UserError("benchmark " + benchmark + " has the parameter '" + name
                        + "', but results have columns for implementation, type and shape only: use one of these");
            }
        }
        return new BenchmarkId(
                benchmark,
                parameters.getOrDefault("implementation", ""),
                parameters.getOrDefault("type", ""),
                parameters.getOrDefault("shape", ""),
                mode);
    }

    private static BenchmarkId ofOperator(
            String benchmark, String mode, Map<String, String> parameters, OperatorExample example) {
        Map<String, String> others = new HashMap<>(parameters);
        others.remove(OperatorExample.PARAMETER);
        others.put("type", example.type());
        others.put("shape", example.shape());
        String className = benchmark.substring(0, benchmark.lastIndexOf('.') + 1);
        return of(className + example.operator(), mode, others);
    }

    /** What the benchmark measures. */
    public Operation operation() {
        return Operation.of(benchmark);
    }

    private String[] sizes() {
        return shape.split("\\D+");
    }

    /** The threads that the operation runs on, which the benchmark's name tells where they are more than one. */
    public int threads() {
        return benchmark.endsWith("TwoThreads") ? 2 : 1;
    }

    /** The row in a few words, such as {@code TensorEngineBenchmark.matmul bf16 128x128x512 simd}. */
    public String label() {
        String withoutPackage = benchmark.replaceFirst("^([^.A-Z]+\\.)+", "");
        return Stream.of(withoutPackage, type, shape, implementation)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @Override
    public int compareTo(BenchmarkId other) {
        return ORDER.compare(this, other);
    }
}

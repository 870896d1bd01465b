package dev.infermark.bench.result;

import dev.infermark.bench.GpsimdEngineBenchmark;
import dev.infermark.bench.GraphBenchmark;
import dev.infermark.bench.PredictionBenchmark;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How benchmarks' names tell what they measure. */
final class OperationNames {
    /** The class that measures custom operators; its rows are named as if it had a method for each. */
    private static final String CUSTOM = GpsimdEngineBenchmark.class.getName() + ".";
    /** The classes that measure this program itself. */
    private static final List<String> OWN_CODE =
            List.of(GraphBenchmark.class.getName(), PredictionBenchmark.class.getName());

    private static final Pattern WORD = Pattern.compile("_([a-z])");

    /** Every constant by the name of its method. */
    static final Map<String, Operation.Constant> BY_METHOD = Arrays.stream(
                    Operation.Constant.class.getPermittedSubclasses())
            .flatMap(family -> Stream.of((Operation.Constant[]) family.getEnumConstants()))
            .collect(Collectors.toUnmodifiableMap(Operation.Constant::label, Function.identity()));

    private OperationNames() {}

    static Operation find(String benchmark) {
        // Custom operators may have dots in their names, and the names of other engines' operations, as relu has.
        if (benchmark.startsWith(CUSTOM)) {
            return new Operation.Custom(benchmark.substring(CUSTOM.length()));
        }
        int dot = benchmark.lastIndexOf('.');
        String method = benchmark.substring(dot + 1);
        if (OWN_CODE.contains(benchmark.substring(0, Math.max(dot, 0)))) {
            return new Operation.OwnCode(method);
        }
        return Optional.<Operation>ofNullable(BY_METHOD.get(method)).orElseGet(() -> new Operation.Unknown(method));
    }

    /** The method that a constant is named after. */
    static String method(String constant) {
        return WORD.matcher(constant.toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}

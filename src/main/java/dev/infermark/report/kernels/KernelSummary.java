package dev.infermark.report.kernels;

import dev.infermark.bench.HostLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How our kernels of one operation and type stand against one peer, or against the machine's limit, over all shapes
 * that both were measured in.
 *
 * @param operation the operation, such as {@code matmul}
 * @param type element type
 * @param against the peer's name, or {@code limit}
 * @param shapes how many
 * @param geometricMean of the ratios of speeds, above 1 where ours is faster
 * @param worst the smallest ratio
 * @param worstShape the shape of the smallest ratio
 */
public record KernelSummary(
        String operation,
        String type,
        String against,
        int shapes,
        double geometricMean,
        double worst,
        String worstShape) {
    private static final String LIMIT = "limit";

    private record Ratio(String shape, double value) {}

    /** Every operation and type in their order, each against its peers by name and last against the limit. */
    public static List<KernelSummary> of(List<KernelComparison> comparisons, HostLimits limits) {
        Map<List<String>, List<KernelComparison>> groups = new LinkedHashMap<>();
        for (KernelComparison kernel : comparisons) {
            groups.computeIfAbsent(List.of(kernel.operation(), kernel.type()), _ -> new ArrayList<>())
                    .add(kernel);
        }
        return groups.values().stream().flatMap(group -> lines(group, limits)).toList();
    }

    private static Stream<KernelSummary> lines(List<KernelComparison> group, HostLimits limits) {
        Stream<String> peers =
                group.stream().flatMap(kernel -> kernel.peers().stream()).distinct().sorted();
        return Stream.concat(peers, Stream.of(LIMIT)).flatMap(against -> line(group, against, limits));
    }

    private static Stream<KernelSummary> line(List<KernelComparison> group, String against, HostLimits limits) {
        List<Ratio> ratios = new ArrayList<>();
        for (KernelComparison kernel : group) {
            OptionalDouble ratio = against.equals(LIMIT)
                    ? kernel.of("simd").map(limits::share).orElseGet(OptionalDouble::empty)
                    : kernel.speedUp("simd", against);
            ratio.ifPresent(value -> ratios.add(new Ratio(kernel.shape(), value)));
        }
        if (ratios.isEmpty()) {
            return Stream.of();
        }
        double logarithms =
                ratios.stream().mapToDouble(ratio -> Math.log(ratio.value())).average().orElseThrow();
        Ratio worst = ratios.stream().min(Comparator.comparingDouble(Ratio::value)).orElseThrow();
        return Stream.of(new KernelSummary(
                group.getFirst().operation(),
                group.getFirst().type(),
                against,
                ratios.size(),
                Math.exp(logarithms),
                worst.value(),
                worst.shape()));
    }
}

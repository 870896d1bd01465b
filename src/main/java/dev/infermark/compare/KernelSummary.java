package dev.infermark.compare;

import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How our kernels of one operation and type stand against one peer, against our own FP32 or single thread, or against
 * the machine's limit, over all shapes that both were measured in.
 *
 * @param operation the operation
 * @param type element type
 * @param against the peer's name, {@code own fp32}, {@code one thread} or {@code limit}
 * @param shapes how many
 * @param geometricMean of the ratios of speeds, above 1 where ours is faster
 * @param error half the width of the 95 % interval of the mean, as a share of it; empty where a row has one fork
 * @param unsteady how many of the shapes have rows that had not settled
 * @param worst the smallest ratio
 * @param worstShape the shape of the smallest ratio
 */
public record KernelSummary(
        Operation operation,
        String type,
        String against,
        int shapes,
        double geometricMean,
        OptionalDouble error,
        int unsteady,
        double worst,
        String worstShape) {
    private static final String FP32 = "own fp32";
    private static final String ONE_THREAD = "one thread";
    private static final String LIMIT = "limit";

    private record Key(Operation operation, String type) {}

    private record Ratio(String shape, double value, OptionalDouble error, boolean isUnsteady) {

        static Ratio over(MeasuredRow own, MeasuredRow other) {
            return new Ratio(
                    own.id().shape(),
                    own.speedOver(other),
                    own.speedErrorOver(other),
                    own.steadiness().isUnsteady() || other.steadiness().isUnsteady());
        }
    }

    /** Every operation and type in their order, each against its peers by name and last against the limit. */
    public static List<KernelSummary> of(List<KernelComparison> comparisons, HostLimits limits) {
        Map<Key, List<KernelComparison>> groups = new LinkedHashMap<>();
        for (KernelComparison kernel : comparisons) {
            groups.computeIfAbsent(new Key(kernel.operation(), kernel.type()), _ -> new ArrayList<>())
                    .add(kernel);
        }
        return groups.values().stream()
                .flatMap(group -> lines(group, comparisons, limits))
                .toList();
    }

    /** Where a peer was measured, all lines cover the shapes that peers were measured in, so that they compare. */
    private static Stream<KernelSummary> lines(
            List<KernelComparison> shapes, List<KernelComparison> all, HostLimits limits) {
        List<KernelComparison> withPeers = shapes.stream()
                .filter(kernel -> kernel.of("simd").isPresent() && !kernel.peers().isEmpty())
                .toList();
        List<KernelComparison> group = withPeers.isEmpty() ? shapes : withPeers;
        Stream<KernelSummary> peers = group.stream()
                .flatMap(kernel -> kernel.peers().stream())
                .distinct()
                .sorted()
                .flatMap(peer -> line(group, peer, kernel -> over(kernel, kernel.of(peer))));
        return Stream.of(
                        peers,
                        line(group, FP32, kernel -> overOwnFp32(kernel, all)),
                        line(group, ONE_THREAD, kernel -> overOneThread(kernel, all)),
                        line(group, LIMIT, kernel -> share(kernel, limits)))
                .flatMap(lines -> lines);
    }

    private static Optional<Ratio> over(KernelComparison kernel, Optional<MeasuredRow> other) {
        return kernel.of("simd").flatMap(own -> other.map(measured -> Ratio.over(own, measured)));
    }

    private static Optional<Ratio> overOwnFp32(KernelComparison kernel, List<KernelComparison> all) {
        return kernel.type().equals("fp32")
                ? Optional.empty()
                : overOwn(kernel, all, kernel.operation(), "fp32");
    }

    private static Optional<Ratio> overOneThread(KernelComparison kernel, List<KernelComparison> all) {
        return kernel.operation() == Operation.Matmul.MATMUL_TWO_THREADS
                ? overOwn(kernel, all, Operation.Matmul.MATMUL, kernel.type())
                : Optional.empty();
    }

    private static Optional<Ratio> share(KernelComparison kernel, HostLimits limits) {
        return kernel.of("simd").flatMap(own -> limits.share(own).stream()
                .mapToObj(share -> new Ratio(
                        kernel.shape(), share, own.relativeError(), own.steadiness().isUnsteady()))
                .findFirst());
    }

    /** How many times the speed of our own kernel of another operation or type. */
    private static Optional<Ratio> overOwn(
            KernelComparison kernel, List<KernelComparison> all, Operation operation, String type) {
        return over(kernel, all.stream()
                .filter(other -> other.operation().equals(operation)
                        && other.type().equals(type)
                        && other.shape().equals(kernel.shape()))
                .flatMap(other -> other.of("simd").stream())
                .findFirst());
    }

    private static Stream<KernelSummary> line(
            List<KernelComparison> group, String against, Function<KernelComparison, Optional<Ratio>> ratio) {
        List<Ratio> ratios =
                group.stream().flatMap(kernel -> ratio.apply(kernel).stream()).toList();
        if (ratios.isEmpty()) {
            return Stream.of();
        }
        double logarithms =
                ratios.stream().mapToDouble(one -> Math.log(one.value())).average().orElseThrow();
        Ratio worst = ratios.stream().min(Comparator.comparingDouble(Ratio::value)).orElseThrow();
        return Stream.of(new KernelSummary(
                group.getFirst().operation(),
                group.getFirst().type(),
                against,
                ratios.size(),
                Math.exp(logarithms),
                error(ratios),
                Math.toIntExact(ratios.stream().filter(Ratio::isUnsteady).count()),
                worst.value(),
                worst.shape()));
    }

    /** The errors of independent shapes in the mean of their logarithms. */
    private static OptionalDouble error(List<Ratio> ratios) {
        double squares = 0;
        for (Ratio ratio : ratios) {
            if (ratio.error().isEmpty()) {
                return OptionalDouble.empty();
            }
            squares += ratio.error().getAsDouble() * ratio.error().getAsDouble();
        }
        return OptionalDouble.of(Math.sqrt(squares) / ratios.size());
    }
}

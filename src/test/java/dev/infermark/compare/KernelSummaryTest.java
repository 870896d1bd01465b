package dev.infermark.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.Operation;
import dev.infermark.bench.result.Steadiness;
import dev.infermark.hardware.Catalog;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelSummaryTest {
    private static final OptionalDouble ONE_FORK = OptionalDouble.empty();
    private static final BenchmarkResults RUN = new BenchmarkResults(List.of(
            row("matmul", "simd", "fp32", "8x8x8", 1),
            row("matmul", "openblas", "fp32", "8x8x8", 2),
            row("matmul", "simd", "fp32", "8x8x16", 4),
            row("matmul", "openblas", "fp32", "8x8x16", 2),
            row("matmul", "simd", "fp32", "8x8x32", 1),
            row("matmul", "openblas", "fp32", "8x8x32", 8),
            row("matmul", "simd", "fp32", "8x8x64", 1),
            row("matmul", "ejml", "fp32", "8x8x64", 3),
            row("matmul", "ejml", "bf16", "8x8x64", 3),
            row("matmul", "simd", "bf16", "8x8x16", 5),
            row("matmulTwoThreads", "simd", "fp32", "8x8x32", 0.625),
            row("matmulPsum", "simd", "fp32", "8x8x32", 4),
            row("gelu", "simd", "fp32", "8x8", 1),
            row("gelu", "reference", "fp32", "8x8", 9)));

    @Test
    void takesTheGeometricMeanAndTheWorstOverTheShapesThatBothWereMeasuredIn() {
        // Ratios 2, 1/2 and 8, whose product is 8 = 2³.
        assertEquals(
                List.of(
                        new KernelSummary(Operation.Matmul.MATMUL, "fp32", "ejml", 1, 3, ONE_FORK, 0, 3, "8x8x64"),
                        new KernelSummary(
                                Operation.Matmul.MATMUL, "fp32", "openblas", 3, 2, ONE_FORK, 0, 0.5, "8x8x16")),
                summary(Operation.Matmul.MATMUL, "fp32"));
    }

    @Test
    void coversTheSameShapesInEveryLineOfWhatPeersWereMeasuredIn() {
        List<MeasuredRow> rows = new ArrayList<>(RUN.measurements());
        rows.add(row("matmul", "simd", "fp32", "2x2x2", 1));
        // 1024 flops take a 16th of a microsecond, and memory takes less at any of the sizes.
        rows.add(row("multiplyAdd", "simd", "fp32", "8x8x8", 1 / 16.0));
        rows.add(reference("read", 1e-3));
        rows.add(reference("copy", 1e-3));

        List<KernelSummary> lines = KernelSummary.of(
                KernelComparison.join(new BenchmarkResults(rows), Catalog.builtIn(), CustomOperators.none()),
                HostLimits.of(new BenchmarkResults(rows)));

        KernelSummary limit = lines.stream()
                .filter(line -> line.operation() == Operation.Matmul.MATMUL && line.type().equals("fp32"))
                .filter(line -> line.against().equals("limit"))
                .findFirst()
                .orElseThrow();
        // A 16th of 1, 2/4, 4 and 8 of four shapes; the fifth, which no peer was measured in, would be the worst.
        assertEquals(4, limit.shapes());
        assertEquals(0.5 / 16, limit.worst(), 1e-12);
        assertEquals(Math.pow(16, 0.25) / 16, limit.geometricMean(), 1e-12);
    }

    @Test
    void setsOtherTypesAgainstOurOwnFp32AndTwoThreadsAgainstOne() {
        assertEquals(
                List.of(new KernelSummary(
                        Operation.Matmul.MATMUL, "bf16", "own fp32", 1, 0.8, ONE_FORK, 0, 0.8, "8x8x16")),
                summary(Operation.Matmul.MATMUL, "bf16"));
        assertEquals(
                List.of(new KernelSummary(
                        Operation.Matmul.MATMUL_TWO_THREADS, "fp32", "one thread", 1, 1.6, ONE_FORK, 0, 1.6, "8x8x32")),
                summary(Operation.Matmul.MATMUL_TWO_THREADS, "fp32"));
    }

    @Test
    void setsTheOrderOfPsumAgainstPeersThatHaveNoSuchOrder() {
        assertEquals(
                List.of(new KernelSummary(
                        Operation.Matmul.MATMUL_PSUM, "fp32", "openblas", 1, 2, ONE_FORK, 0, 2, "8x8x32")),
                summary(Operation.Matmul.MATMUL_PSUM, "fp32"));
    }

    @Test
    void tellsTheErrorOfTheMeanAndHowManyShapesAreNotSteady() {
        BenchmarkResults run = new BenchmarkResults(List.of(
                forks("simd", "8x8x8", Steadiness.STEADY, 1, 1, 1),
                forks("ejml", "8x8x8", Steadiness.DRIFTING, 1.9, 2, 2.1),
                forks("simd", "8x8x16", Steadiness.STEADY, 1, 1, 1),
                forks("ejml", "8x8x16", Steadiness.STEADY, 3.9, 4, 4.1)));

        KernelSummary line = KernelSummary.of(
                        KernelComparison.join(run, Catalog.builtIn(), CustomOperators.none()), HostLimits.of(run))
                .getFirst();

        // Student's t of three forks at 95 % is 4.303; 0.1 in 2 and in 4 are 5 % and 2.5 %, over the root of three.
        double each = 4.3026527 / Math.sqrt(3);
        assertEquals(Math.hypot(0.05, 0.025) / 2 * each, line.error().orElseThrow(), 1e-6);
        assertEquals(1, line.unsteady());
    }

    private static MeasuredRow forks(String implementation, String shape, Steadiness steadiness, Number... micros) {
        return new MeasuredRow(
                new BenchmarkId("p." + implementation + ".matmul", implementation, "fp32", shape, "avgt"),
                "us/op",
                Stream.of(micros).map(Number::doubleValue).toList(),
                OptionalDouble.empty(),
                steadiness);
    }

    @Test
    void saysNothingOfWhatStandsAgainstPlainJavaAlone() {
        assertEquals(List.of(), summary(Operation.ElementFunction.GELU, "fp32"));
    }

    private static List<KernelSummary> summary(Operation operation, String type) {
        List<KernelComparison> kernels = KernelComparison.join(RUN, Catalog.builtIn(), CustomOperators.none());
        return KernelSummary.of(kernels, HostLimits.of(RUN)).stream()
                .filter(line -> line.operation().equals(operation) && line.type().equals(type))
                .map(line -> new KernelSummary(
                        line.operation(),
                        line.type(),
                        line.against(),
                        line.shapes(),
                        Math.rint(1e12 * line.geometricMean()) / 1e12,
                        line.error(),
                        line.unsteady(),
                        line.worst(),
                        line.worstShape()))
                .toList();
    }

    private static MeasuredRow reference(String operation, double micros) {
        return new MeasuredRow(
                new BenchmarkId("p.HostBandwidthBenchmark." + operation, "simd", "fp32", "1000000", "avgt"),
                "us/op",
                List.of(micros),
                OptionalDouble.empty());
    }

    private static MeasuredRow row(String operation, String implementation, String type, String shape, double micros) {
        return new MeasuredRow(
                new BenchmarkId("p." + implementation + "." + operation, implementation, type, shape, "avgt"),
                "us/op",
                List.of(micros),
                OptionalDouble.empty());
    }
}

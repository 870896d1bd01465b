package dev.infermark.report.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.bench.BenchmarkId;
import dev.infermark.bench.BenchmarkResults;
import dev.infermark.bench.HostLimits;
import dev.infermark.bench.Measurement;
import dev.infermark.hardware.Catalog;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KernelSummaryTest {
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
            row("gelu", "simd", "fp32", "8x8", 1),
            row("gelu", "reference", "fp32", "8x8", 9)));

    @Test
    void takesTheGeometricMeanAndTheWorstOverTheShapesThatBothWereMeasuredIn() {
        // Ratios 2, 1/2 and 8, whose product is 8 = 2³.
        assertEquals(
                List.of(
                        new KernelSummary("matmul", "fp32", "ejml", 1, 3, 3, "8x8x64"),
                        new KernelSummary("matmul", "fp32", "openblas", 3, 2, 0.5, "8x8x16")),
                rounded(RUN));
    }

    private static List<KernelSummary> rounded(BenchmarkResults run) {
        return KernelSummary.of(KernelComparison.join(run, Catalog.builtIn()), HostLimits.of(run)).stream()
                .map(line -> new KernelSummary(
                        line.operation(),
                        line.type(),
                        line.against(),
                        line.shapes(),
                        Math.rint(1e12 * line.geometricMean()) / 1e12,
                        line.worst(),
                        line.worstShape()))
                .toList();
    }

    private static Measurement row(String operation, String implementation, String type, String shape, double micros) {
        return new Measurement(
                new BenchmarkId("p." + implementation + "." + operation, implementation, type, shape, "avgt"),
                "us/op",
                List.of(micros),
                OptionalDouble.empty());
    }
}

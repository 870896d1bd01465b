package dev.infermark.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference benchmarks with round numbers: 1000 flops a microsecond, and memory of two speeds. */
class HostLimitsTest {
    private static final double ROUNDING = 1e-12;
    private static final List<MeasuredRow> REFERENCES = List.of(
            // 2·10·10·5 flops in 1 µs.
            row("HostPeakBenchmark.multiplyAdd", "fp32", "10x10x5", 1),
            // 4 KB at 400 bytes a microsecond, 1024 times as many at 200.
            row("HostBandwidthBenchmark.read", "fp32", "1000", 10),
            row("HostBandwidthBenchmark.read", "fp32", "1024000", 20_480),
            // 4 KB at 200 bytes a microsecond, 1024 times as many at 100.
            row("HostBandwidthBenchmark.copy", "fp32", "1000", 20),
            row("HostBandwidthBenchmark.copy", "fp32", "1024000", 40_960));

    @ParameterizedTest
    @ValueSource(strings = {"2147483648x1024", "999999999x999999999x999999999", "0x", "x"})
    void knowsNoWorkOfAShapeThatNothingHas(String shape) {
        assertEquals(Optional.empty(), KernelWork.of(id("B.matmul", "fp32", shape)));
    }

    @Test
    void boundsMatmulsByTheirMultiplyAdds() {
        // 2·100·100·100 flops at 1000 a microsecond; 120 KB of memory take less, whatever the reference: 80 KB at 100
        // bytes a microsecond or more, and 40 KB at 200 or more.
        assertMicros(2000, "matmul", "fp32", "100x100x100");
        assertEquals(0.5, limits().share(row("B.matmul", "fp32", "100x100x100", 4000)).orElseThrow(), ROUNDING);
    }

    @Test
    void boundsIntegersByTheFasterOfTheirMultiplyAddsAndThoseOfFp32() {
        List<MeasuredRow> rows = new ArrayList<>(REFERENCES);
        rows.add(row("HostPeakBenchmark.multiplyAdd", "int8", "10x10x5", 2));
        assertEquals(2000, micros(rows, "int8"), ROUNDING);

        rows.removeLast();
        rows.add(row("HostPeakBenchmark.multiplyAdd", "int8", "10x10x5", 0.5));
        assertEquals(1000, micros(rows, "int8"), ROUNDING);
        assertEquals(2000, micros(rows, "fp32"), ROUNDING);
    }

    private static double micros(List<MeasuredRow> rows, String type) {
        return HostLimits.of(new BenchmarkResults(rows))
                .micros(id("B.matmul", type, "100x100x100"))
                .orElseThrow();
    }

    @Test
    void givesTwoThreadsTwiceTheMultiplyAdds() {
        // Half of 2000 µs; the 120 KB of memory take 80 000 / 100 + 40 000 / 200 = 1000 µs or less.
        assertMicros(1000, "matmulTwoThreads", "fp32", "100x100x100");
    }

    @Test
    void boundsAMatmulByAVectorByReading() {
        // 4·(30·30 + 30) bytes read and 4·30 written are 3840 in all, less than any reference's: 120 written and 120 of
        // the read at 200 bytes a microsecond, the other 3600 at 400.
        assertMicros(240 / 200.0 + 3600 / 400.0, "matrixVector", "fp32", "30x30");
    }

    @Test
    void boundsElementwiseOperationsByTheCopyOfTheirBytes() {
        // 2·400 bytes at 200 a microsecond; half the bytes take half the time.
        assertMicros(4, "gelu", "fp32", "10x10");
        assertMicros(2, "gelu", "bf16", "10x10");
        // 200 bytes of BF16 and 400 of FP32, of which 200 pair up at 200 a microsecond and 200 pass at 400.
        assertMicros(2.5, "decode", "bf16", "100");
        assertMicros(2.5, "encodeStochastic", "bf16", "100");
    }

    @Test
    void interpolatesBandwidthInLogarithmsBetweenReferences() {
        // 8·16 000 bytes are 32 times the smaller reference and a 32nd of the larger: the logarithmic mean of 200 and
        // 100.
        assertMicros(128_000 / Math.sqrt(200 * 100), "softmax", "fp32", "160x100");
        // A reference's own size, and one beyond every reference.
        assertMicros(4000 / 200.0, "softmax", "fp32", "5x100");
        assertMicros(80_000_000 / 100.0, "softmax", "fp32", "100000x100");
    }

    @Test
    void countsTheTapsOfConvolutions() {
        // 2·(6·6 results of 8 filters)·(3·3 taps of 4 channels): stride 2 over 11 pixels and a border of 1 each side.
        KernelWork work = KernelWork.of(id("B.conv2dNhwc", "fp32", "1x11x11x4x8x3x2x1")).orElseThrow();

        assertEquals(2.0 * 6 * 6 * 8 * 9 * 4, work.flops());
        assertEquals(4.0 * (11 * 11 * 4 + 8 * 9 * 4), work.bytesRead());
        assertEquals(4.0 * 6 * 6 * 8, work.bytesWritten());
    }

    @Test
    void takesSharesRoundByRoundSinceTheMachineChanges() {
        List<MeasuredRow> references = new ArrayList<>();
        for (MeasuredRow reference : REFERENCES) {
            // Half as fast in the second round and in the third.
            references.add(row(reference.id(), reference.micros(), 2 * reference.micros(), 2 * reference.micros()));
        }
        HostLimits limits = HostLimits.of(new BenchmarkResults(references));
        BenchmarkId matmul = id("B.matmul", "fp32", "100x100x100");

        // 2000 of 4000, 4000 of 4000 and 4000 of 5000; 4000 of 4000 is the share of medians.
        assertEquals(0.8, limits.share(row(matmul, 4000.0, 4000.0, 5000.0)).orElseThrow(), ROUNDING);
        assertEquals(1, limits.share(row(matmul, 4000.0)).orElseThrow(), ROUNDING);
    }

    @Test
    void knowsNoLimitWithoutAReferenceBenchmarkOrWithoutKnownWork() {
        for (MeasuredRow reference : REFERENCES) {
            List<MeasuredRow> others = new ArrayList<>(REFERENCES);
            others.removeIf(row -> row.id().operation().equals(reference.id().operation()));
            HostLimits limits = HostLimits.of(new BenchmarkResults(others));
            assertEquals(
                    OptionalDouble.empty(),
                    limits.micros(id("B.matmul", "fp32", "1x1x1")),
                    reference.id().label());
        }
        assertEquals(OptionalDouble.empty(), limits().micros(id("B.bertBase", "", "")));
        assertEquals(OptionalDouble.empty(), limits().micros(id("B.matmul", "fp32", "8x8")));
        assertEquals(OptionalDouble.empty(), limits().micros(id("B.gelu", "fp31", "8x8")));
    }

    private static void assertMicros(double expected, String operation, String type, String shape) {
        assertEquals(expected, limits().micros(id("B." + operation, type, shape)).orElseThrow(), ROUNDING * expected);
    }

    private static HostLimits limits() {
        return HostLimits.of(new BenchmarkResults(REFERENCES));
    }

    private static MeasuredRow row(String benchmark, String type, String shape, double micros) {
        return row(id(benchmark, type, shape), micros);
    }

    private static MeasuredRow row(BenchmarkId id, Double... micros) {
        return new MeasuredRow(id, "us/op", List.of(micros), OptionalDouble.empty());
    }

    private static BenchmarkId id(String benchmark, String type, String shape) {
        return new BenchmarkId("dev.infermark.bench." + benchmark, "simd", type, shape, "avgt");
    }
}

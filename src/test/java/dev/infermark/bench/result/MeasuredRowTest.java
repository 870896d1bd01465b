package dev.infermark.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasuredRowTest {
    @Test
    void comparesRowsRoundByRound() {
        MeasuredRow ours = row("us/op", 10.0, 20.0, 40.0);
        MeasuredRow peer = row("ns/op", 11_000.0, 44_000.0, 41_000.0);

        // 1.1, 2.2 and 1.025; the medians are 2.05 apart.
        assertEquals(1.1, ours.speedOver(peer), 1e-12);
    }

    @Test
    void comparesMediansWhereForksDoNotPair() {
        assertEquals(1.5, row("us/op", 10.0, 20.0, 40.0).speedOver(row("us/op", 30.0)), 1e-12);
    }

    @Test
    void tellsTheErrorOfASpeedByItsRoundsAsAHostThatDriftsSlowsBoth() {
        MeasuredRow ours = row("us/op", 10.0, 20.0, 40.0);

        assertEquals(0, ours.speedErrorOver(row("us/op", 20.0, 40.0, 80.0)).orElseThrow(), 1e-12);
        assertEquals(OptionalDouble.empty(), ours.speedErrorOver(row("us/op", 20.0)));
    }

    private static MeasuredRow row(String unit, Double... medians) {
        return new MeasuredRow(
                new BenchmarkId("dev.infermark.bench.B.matmul", "simd", "fp32", "8x8x8", "avgt"),
                unit,
                List.of(medians),
                OptionalDouble.empty());
    }
}

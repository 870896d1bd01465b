package dev.infermark.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.bench.peer.Peer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchmarkPlanTest {
    @Test
    void leavesOutPeersThatTheHostDoesNotHaveAndSaysSo() {
        BenchmarkPlan all = BenchmarkPlan.of("MatmulPeers", _ -> Optional.empty());
        BenchmarkPlan some = BenchmarkPlan.of("MatmulPeers", BenchmarkPlanTest::withoutOneDnn);

        assertTrue(implementations(all).contains("onednn"), () -> implementations(all));
        assertFalse(implementations(some).contains("onednn"), () -> implementations(some));
        assertTrue(implementations(some).contains("openblas"), () -> implementations(some));
        assertEquals(List.of("oneDNN is away"), some.absences());
        assertEquals(
                all.benchmarks().stream().filter(name -> !name.contains(".Dnnl")).toList(), some.benchmarks());
    }

    @Test
    void refusesToMeasureNothingButAbsentPeers() {
        UserError refusal = assertThrows(
                UserError.class, () -> BenchmarkPlan.of("MatmulPeers.Dnnl", BenchmarkPlanTest::withoutOneDnn));

        assertEquals("nothing is left to measure: oneDNN is away", refusal.getMessage());
    }

    @Test
    void everyBenchmarkOfAPeerMeasuresThatPeerAlone() {
        BenchmarkPlan plan = BenchmarkPlan.of(BenchmarkPlan.ALL, _ -> Optional.empty());

        for (String benchmark : plan.benchmarks()) {
            List<String> implementations = plan.rows().stream()
                    .filter(row -> row.benchmark().equals(benchmark))
                    .map(BenchmarkId::implementation)
                    .distinct()
                    .toList();
            boolean hasPeer = implementations.stream().anyMatch(name -> Peer.named(name).isPresent());
            assertEquals(true, !hasPeer || implementations.size() == 1, benchmark);
        }
    }

    private static Optional<String> withoutOneDnn(Peer peer) {
        return peer == Peer.ONEDNN ? Optional.of("oneDNN is away") : Optional.empty();
    }

    private static String implementations(BenchmarkPlan plan) {
        return plan.rows().stream().map(BenchmarkId::implementation).distinct().collect(Collectors.joining(" "));
    }
}

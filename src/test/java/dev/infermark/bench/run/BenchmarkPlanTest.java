package dev.infermark.bench.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.bench.peer.Peer;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.Operation;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchmarkPlanTest {
    @Test
    void leavesOutPeersThatTheHostDoesNotHaveAndSaysSo() {
        BenchmarkPlan all = plan("MatmulPeers", _ -> Optional.empty());
        BenchmarkPlan some = plan("MatmulPeers", BenchmarkPlanTest::withoutOneDnn);

        assertTrue(implementations(all).contains("onednn"), () -> implementations(all));
        assertFalse(implementations(some).contains("onednn"), () -> implementations(some));
        assertTrue(implementations(some).contains("openblas"), () -> implementations(some));
        assertEquals(List.of("oneDNN is away"), some.absences());
        assertEquals(
                all.rows().stream().filter(row -> !row.benchmark().contains(".Dnnl")).toList(), some.rows());
    }

    @Test
    void measuresWhatIsComparedInOneGo() {
        List<BenchmarkId> matmuls =
                plan("\\.matmul(TwoThreads)?$", _ -> Optional.empty()).ids();

        List<String> shapes = matmuls.stream().map(BenchmarkId::shape).toList();
        List<BenchmarkId> ofOneShape = matmuls.subList(
                shapes.indexOf("960x1024x1024"), shapes.lastIndexOf("960x1024x1024") + 1);

        assertEquals(Set.of("960x1024x1024"), ofOneShape.stream().map(BenchmarkId::shape).collect(toSet()));
        assertTrue(
                ofOneShape.stream()
                        .map(BenchmarkId::implementation)
                        .collect(toSet())
                        .containsAll(Set.of("simd", "openblas", "onednn", "ejml")),
                ofOneShape::toString);
        assertEquals(
                Set.of(Operation.Matmul.MATMUL, Operation.Matmul.MATMUL_TWO_THREADS),
                ofOneShape.stream().map(BenchmarkId::operation).collect(toSet()));
    }

    @Test
    void ordersShapesBySize() {
        List<String> shapes = plan("Fp32.matmul$", _ -> Optional.empty()).ids().stream()
                .map(BenchmarkId::shape)
                .toList();

        assertEquals(
                List.of(
                        "128x1024x4096",
                        "128x4096x1024",
                        "384x768x768",
                        "384x768x3072",
                        "384x3072x768",
                        "480x512x512",
                        "960x1024x1024",
                        "1280x1024x1024"),
                shapes);
    }

    @Test
    void theQuickProfileMeasuresSomeFortyRowsOfEveryEngineAndType() {
        BenchmarkPlan all = plan("bench\\.(?!Sample)", _ -> Optional.empty());
        BenchmarkPlan quick = all.chosenBy(BenchmarkProfile.QUICK);

        assertEquals(
                QuickRows.keys(), quick.ids().stream().map(QuickRows::key).collect(toSet()), "rows that are measured");
        assertEquals(types(all), types(quick));
        for (String engine : List.of("TensorEngine", "VectorEngine", "ScalarEngine", "GpsimdEngine")) {
            assertTrue(quick.rows().stream().anyMatch(row -> row.benchmark().contains(engine)), engine);
        }
        long ours = quick.ids().stream().filter(id -> id.implementation().equals("simd")).count();
        assertTrue(ours >= 30 && quick.ids().size() <= 55, () -> ours + " of " + quick.ids().size());
        assertEquals(all, all.chosenBy(BenchmarkProfile.FULL));
    }

    private static Set<String> types(BenchmarkPlan plan) {
        return plan.ids().stream().map(BenchmarkId::type).filter(type -> !type.isEmpty()).collect(toSet());
    }

    @Test
    void everyBenchmarkMeasuresAnOperationThatResultsKnow() {
        BenchmarkPlan all = plan("bench\\.(?!Sample)", _ -> Optional.empty());

        assertEquals(
                Set.of(),
                all.ids().stream()
                        .filter(id -> id.operation() instanceof Operation.Unknown)
                        .map(BenchmarkId::benchmark)
                        .collect(toSet()));
    }

    @Test
    void everyOperationIsMeasured() {
        Set<Operation> measured = plan("bench\\.(?!Sample)", _ -> Optional.empty()).ids().stream()
                .map(BenchmarkId::operation)
                .collect(toSet());

        assertEquals(
                Set.of(),
                Operation.constants().stream()
                        .filter(constant -> !measured.contains(constant))
                        .collect(toSet()));
    }

    @Test
    void refusesToMeasureNothingButAbsentPeers() {
        UserError refusal = assertThrows(
                UserError.class, () -> plan("MatmulPeers.Dnnl", BenchmarkPlanTest::withoutOneDnn));

        assertEquals("nothing is left to measure: oneDNN is away", refusal.getMessage());
    }

    @Test
    void everyBenchmarkOfAPeerMeasuresThatPeerAlone() {
        BenchmarkPlan plan = plan(BenchmarkPlan.ALL, _ -> Optional.empty());

        plan.rows().stream().collect(groupingBy(PlannedRow::benchmark)).forEach((benchmark, rows) -> {
            Set<String> implementations =
                    rows.stream().map(row -> row.id().implementation()).collect(toSet());
            boolean hasPeer = implementations.stream().anyMatch(name -> Peer.named(name).isPresent());
            assertTrue(!hasPeer || implementations.size() == 1, benchmark);
        });
    }

    private static BenchmarkPlan plan(String regex, Function<Peer, Optional<String>> absence) {
        return BenchmarkPlan.of(regex, CustomOperators.registered(), absence);
    }

    private static Optional<String> withoutOneDnn(Peer peer) {
        return peer == Peer.ONEDNN ? Optional.of("oneDNN is away") : Optional.empty();
    }

    private static String implementations(BenchmarkPlan plan) {
        return plan.ids().stream().map(BenchmarkId::implementation).distinct().collect(Collectors.joining(" "));
    }
}

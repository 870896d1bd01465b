package dev.infermark.simulate.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollectiveModelTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final SdkVersion OF_2023 = new SdkVersion(2, 10);
    private static final SdkVersion OF_2025 = new SdkVersion(2, 23);

    @Test
    void reproducesTheAllReduceOfTwoRanksOf2023() {
        // tools/neuron-sys-tools/nccom-test.rst, 2023-05: bytes and microseconds.
        Map<Long, Double> published = Map.of(
                1L << 10, 58.0,
                64L << 10, 58.0,
                256L << 10, 60.0,
                1L << 20, 68.0,
                4L << 20, 107.0,
                16L << 20, 332.0,
                64L << 20, 1214.0,
                256L << 20, 4750.0,
                1L << 30, 18_930.0);
        CollectiveModel model = model("inf2.48xlarge", 2, OF_2023);
        published.forEach((bytes, micros) -> assertEquals(
                micros,
                1e6 * model.exchange(CollectiveOperation.ALL_REDUCE, bytes).seconds(),
                0.06 * micros,
                bytes + " B"));
    }

    @Test
    void reproducesTheAllGatherOfThirtyTwoRanksOf2025() {
        Map<Long, Double> published = Map.of(1L << 10, 6.2, 8L << 10, 6.5, 64L << 10, 8.2, 512L << 10, 23.0);
        CollectiveModel model = model("trn1.32xlarge", 32, OF_2025);
        published.forEach((bytes, micros) -> assertEquals(
                micros,
                1e6 * model.exchange(CollectiveOperation.ALL_GATHER, bytes).seconds(),
                0.1 * micros,
                bytes + " B"));
    }

    @Test
    void choosesTheAlgorithmBySizeAndTopology() {
        assertEquals(Algorithm.MESH, model("inf2.48xlarge", 8, OF_2025).algorithm(64 << 10));
        assertEquals(Algorithm.RECURSIVE_DOUBLING, model("inf2.48xlarge", 8, OF_2025).algorithm(8 << 20));
        assertEquals(Algorithm.HIERARCHICAL, model("inf2.48xlarge", 24, OF_2025).algorithm(64 << 20));
        assertEquals(Algorithm.RING, model("inf2.24xlarge", 12, OF_2025).algorithm(64 << 10));
        assertEquals(Algorithm.RING, model("inf2.48xlarge", 8, OF_2025).algorithm(64 << 20));
    }

    @Test
    void takesStepsOverAnOpenChainOnlyWhereNothingElseCoversTheGroup() {
        assertTrue(model("inf2.48xlarge", 12, OF_2025).chainSeconds() > 0);
        assertEquals(0, model("inf2.48xlarge", 24, OF_2025).chainSeconds());
        assertEquals(0, model("inf2.48xlarge", 8, OF_2025).chainSeconds());
        assertEquals(0, model("trn1.32xlarge", 32, OF_2025).chainSeconds());
        assertFalse(new CollectiveGroup(CATALOG.instance("inf2.24xlarge"), 12).isClosed());
    }

    @Test
    void takesLongerForMoreBytesAndNeverBeatsTheBus() {
        CollectiveModel model = model("inf2.48xlarge", 24, OF_2025);
        for (CollectiveOperation operation : CollectiveOperation.values()) {
            double[] seconds = IntStream.rangeClosed(21, 30)
                    .mapToDouble(exponent -> model.exchange(operation, 1L << exponent).seconds())
                    .toArray();
            for (int i = 1; i < seconds.length; i++) {
                assertTrue(seconds[i] > seconds[i - 1], operation + " at 2^" + (21 + i));
            }
            assertTrue(model.exchange(operation, 1L << 30).busBytesPerSecond() < 56.6e9, operation.label());
        }
    }

    @Test
    void countsTheBytesOfTheBusAsNccomTestDoes() {
        assertEquals(2 * 23.0 / 24, CollectiveOperation.ALL_REDUCE.busFactor(24), 1e-12);
        assertEquals(7.0 / 8, CollectiveOperation.ALL_TO_ALL.busFactor(8), 1e-12);
        assertEquals(1, CollectiveOperation.SEND_RECEIVE.busFactor(8));
    }

    @Test
    void refusesInferentia1AndTooManyRanks() {
        assertThrows(UserError.class, () -> model("inf1.6xlarge", 4, OF_2025));
        assertThrows(UserError.class, () -> model("inf2.48xlarge", 25, OF_2025));
        assertThrows(UserError.class, () -> CollectiveOperation.named("broadcast"));
    }

    private static CollectiveModel model(String instance, int ranks, SdkVersion sdk) {
        return new CollectiveModel(new CollectiveGroup(CATALOG.instance(instance), ranks), sdk);
    }
}

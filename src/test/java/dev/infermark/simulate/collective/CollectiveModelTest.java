package dev.infermark.simulate.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.collective.CollectiveModel.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollectiveModelTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final SdkVersion OF_2023 = new SdkVersion(2, 10);
    private static final SdkVersion OF_2025 = new SdkVersion(2, 23);

    /** Bytes per second of large all-reduces of two ranks, and of permutes, as nccom-test published them. */
    private static final double ALGORITHM_RATE = 56.6e9;

    private static final double PAIR_RATE = 37.5e9;

    /** Sizes from 1 B to 4 GiB, eight to a doubling, and those around the limits of algorithms. */
    private static final List<Long> SIZES = LongStream.concat(
                    LongStream.range(0, 256).map(step -> Math.round(Math.pow(2, step / 8.0))),
                    LongStream.of(1 << 20, 56 << 20).flatMap(limit -> LongStream.of(limit - 1, limit, limit + 1)))
            .distinct()
            .sorted()
            .boxed()
            .toList();

    @Test
    void takesTheFastestOfTheAlgorithmsThatTheLibraryHasForASizeAndATopology() {
        CollectiveModel torus = model("trn1.32xlarge", 32, OF_2025);
        assertEquals(Algorithm.MESH, used(torus, 64 << 10));
        assertEquals(Algorithm.RECURSIVE_DOUBLING, used(torus, 8 << 20));
        assertEquals(Algorithm.HIERARCHICAL, used(torus, 64 << 20));
        CollectiveModel circle = model("inf2.48xlarge", 24, OF_2025);
        assertEquals(Algorithm.MESH, used(circle, 64 << 10));
        assertEquals(Algorithm.HIERARCHICAL, used(circle, 8 << 20));
        CollectiveModel open = model("inf2.48xlarge", 8, OF_2025);
        assertEquals(Algorithm.RECURSIVE_DOUBLING, used(open, 64 << 10));
        assertEquals(Algorithm.RING, used(open, 64 << 20));
        assertEquals(Algorithm.RING, used(model("inf2.24xlarge", 12, OF_2025), 64 << 10));
        assertEquals(Algorithm.RING, used(model("trn1.32xlarge", 32, OF_2023), 64 << 10));
    }

    @Test
    void takesLongerForMoreBytes() {
        everyModel().forEach(model -> {
            for (CollectiveOperation operation : CollectiveOperation.values()) {
                double before = 0;
                for (long bytes : SIZES) {
                    double seconds = model.exchange(operation, bytes).seconds();
                    assertTrue(seconds > before, operation + " of " + bytes + " B");
                    before = seconds;
                }
            }
        });
    }

    @Test
    void movesNoMoreBytesOnTheBusThanCoresAndPairsWereMeasuredTo() {
        everyModel().forEach(model -> {
            for (CollectiveOperation operation : CollectiveOperation.values()) {
                double rate = operation == CollectiveOperation.SEND_RECEIVE ? PAIR_RATE : ALGORITHM_RATE;
                for (long bytes : SIZES) {
                    Exchange exchange = model.exchange(operation, bytes);
                    assertTrue(exchange.busBytesPerSecond() <= rate, operation + " of " + bytes + " B");
                    assertTrue(
                            exchange.seconds() >= model.movingSeconds(operation, (double) bytes) * (1 - 1e-12),
                            operation + " of " + bytes + " B");
                }
            }
        });
    }

    @Test
    void takesNoLongerThanByAnyOtherAlgorithmThatTheLibraryHas() {
        everyModel().forEach(model -> {
            for (CollectiveOperation operation : CollectiveOperation.values()) {
                for (long bytes : SIZES) {
                    double least = model.exchange(operation, bytes).seconds();
                    model.algorithms(operation, bytes)
                            .forEach(each -> assertTrue(
                                    least <= model.exchange(operation, each, bytes).seconds(), operation.label()));
                }
            }
        });
    }

    @Test
    void movesNoMoreBytesThanTheLinksOfTheInstanceCarry() {
        for (Instance instance : CATALOG.instances()) {
            if (instance.chip().collectives().isEmpty() || instance.link().isEmpty()) {
                continue;
            }
            CollectiveModel whole = model(instance.name(), instance.coreCount(), OF_2025);
            double link = instance.link().orElseThrow().linkBytesPerSecond();
            for (CollectiveOperation operation : CollectiveOperation.values()) {
                for (long bytes : SIZES) {
                    Exchange exchange = whole.exchange(operation, bytes);
                    assertTrue(exchange.busBytesPerSecond() <= link, instance.name() + " " + operation.label());
                    if (exchange.algorithm() == Algorithm.MESH) {
                        assertTrue(
                                bytes / (double) instance.coreCount() * flowsOverBusiestLink(instance)
                                        <= link * exchange.seconds(),
                                instance.name() + " " + operation.label() + " of " + bytes + " B");
                    }
                }
            }
        }
    }

    @Test
    void startsInAsManyStepsAsBringEverythingToEveryone() {
        for (int ranks : new int[] {2, 4, 8, 16, 32}) {
            assertEquals(gatherSteps(Algorithm.MESH, ranks), Algorithm.MESH.steps(ranks));
            assertEquals(
                    gatherSteps(Algorithm.RECURSIVE_DOUBLING, ranks), Algorithm.RECURSIVE_DOUBLING.steps(ranks));
        }
        for (int ranks = 2; ranks <= 32; ranks++) {
            assertEquals(gatherSteps(Algorithm.RING, ranks), Algorithm.RING.steps(ranks));
        }
    }

    @Test
    void takesAnAllReduceForAReduceScatterAndAnAllGather() {
        for (int ranks = 2; ranks <= 24; ranks++) {
            assertEquals(
                    CollectiveOperation.REDUCE_SCATTER.busFactor(ranks)
                            + CollectiveOperation.ALL_GATHER.busFactor(ranks),
                    CollectiveOperation.ALL_REDUCE.busFactor(ranks),
                    1e-12);
        }
        for (int ranks : new int[] {8, 12, 24}) {
            CollectiveModel model = model("inf2.48xlarge", ranks, OF_2025);
            long large = 1L << 32;
            assertEquals(
                    seconds(model, CollectiveOperation.REDUCE_SCATTER, large)
                            + seconds(model, CollectiveOperation.ALL_GATHER, large),
                    seconds(model, CollectiveOperation.ALL_REDUCE, large),
                    1e-3 * seconds(model, CollectiveOperation.ALL_REDUCE, large));
        }
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
    void countsTheBytesOfTheBusAsNccomTestDoes() {
        assertEquals(2 * 23.0 / 24, CollectiveOperation.ALL_REDUCE.busFactor(24), 1e-12);
        assertEquals(7.0 / 8, CollectiveOperation.ALL_TO_ALL.busFactor(8), 1e-12);
        assertEquals(1, CollectiveOperation.SEND_RECEIVE.busFactor(8));
    }

    @Test
    void refusesWhatCannotBeExchanged() {
        assertThrows(UserError.class, () -> model("inf1.6xlarge", 4, OF_2025));
        assertThrows(UserError.class, () -> model("inf2.48xlarge", 25, OF_2025));
        assertThrows(UserError.class, () -> model("inf2.48xlarge", 1, OF_2025));
        assertThrows(UserError.class, () -> CollectiveOperation.named("broadcast"));
        assertThrows(UserError.class, () -> Algorithm.named("tree"));
        CollectiveModel chain = model("inf2.24xlarge", 12, OF_2025);
        String message = String.valueOf(assertThrows(
                        UserError.class,
                        () -> chain.exchange(CollectiveOperation.ALL_GATHER, Algorithm.MESH, 1024))
                .getMessage());
        assertTrue(message.endsWith("use ring"), message);
    }

    /** Steps until every core has the parts of all, by moving sets of parts among cores. */
    private static int gatherSteps(Algorithm algorithm, int ranks) {
        List<Set<Integer>> parts = Stream.iterate(0, rank -> rank + 1)
                .limit(ranks)
                .<Set<Integer>>map(rank -> new TreeSet<>(Set.of(rank)))
                .toList();
        int steps = 0;
        while (parts.stream().anyMatch(each -> each.size() < ranks)) {
            List<Set<Integer>> sent = parts.stream().<Set<Integer>>map(Set::copyOf).toList();
            for (int rank = 0; rank < ranks; rank++) {
                switch (algorithm) {
                    case MESH -> sent.forEach(parts.get(rank)::addAll);
                    case RECURSIVE_DOUBLING -> parts.get(rank).addAll(sent.get(rank ^ 1 << steps));
                    case RING -> parts.get(rank).addAll(sent.get((rank + ranks - 1) % ranks));
                    case DIRECT, HIERARCHICAL -> throw new AssertionError(algorithm);
                }
            }
            steps++;
        }
        return steps;
    }

    /** Ordered pairs of cores whose way leads over the most used link, by walking all ways one link at a time. */
    private static int flowsOverBusiestLink(Instance instance) {
        int chips = instance.chipCount();
        int cores = instance.chip().coreCount();
        return switch (instance.link().orElseThrow().topology()) {
            case CHAIN -> pairs(chips, false) * cores * cores;
            case RING -> pairs(chips, true) * cores * cores;
            // Rows first, then columns: each row's links carry what goes to all rows, each column's what comes from
            // all.
            case TORUS_2D -> pairs((int) Math.sqrt(chips), true) * (int) Math.sqrt(chips) * cores * cores;
        };
    }

    private static int pairs(int chips, boolean closes) {
        int[] forward = new int[chips];
        for (int from = 0; from < chips; from++) {
            for (int to = 0; to < chips; to++) {
                int ahead = Math.floorMod(to - from, chips);
                boolean goesForward = closes ? 2 * ahead < chips || (2 * ahead == chips && from % 2 == 0) : to > from;
                for (int at = from; goesForward && at != to; at = (at + 1) % chips) {
                    forward[at]++;
                }
            }
        }
        return Arrays.stream(forward).max().orElseThrow();
    }

    private static Stream<CollectiveModel> everyModel() {
        return CATALOG.instances().stream()
                .filter(each -> each.chip().collectives().isPresent())
                .flatMap(each -> Stream.iterate(2, ranks -> ranks <= each.coreCount(), ranks -> ranks + 1)
                        .flatMap(ranks -> Stream.of(OF_2023, OF_2025)
                                .map(sdk -> model(each.name(), ranks, sdk))));
    }

    private static Algorithm used(CollectiveModel model, long bytes) {
        return model.exchange(CollectiveOperation.ALL_REDUCE, bytes).algorithm();
    }

    private static double seconds(CollectiveModel model, CollectiveOperation operation, long bytes) {
        return model.exchange(operation, bytes).seconds();
    }

    private static CollectiveModel model(String instance, int ranks, SdkVersion sdk) {
        return new CollectiveModel(new CollectiveGroup(CATALOG.instance(instance), ranks), sdk);
    }
}

package dev.infermark.runtime.continuous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.QueueSimulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationSimulationTest {
    private static final long SEED = 11;
    private static final double PREFILL = 0.125;
    private static final double STEP = 0.0078125;

    /** Times that are sums of powers of two, so that sums of them are exact. */
    private record Times(double prefill, double step) implements DecodingTimes {
        @Override
        public double prefillSeconds(int prompts, long longestInput) {
            return prefill * prompts;
        }

        @Override
        public double stepSeconds(int active, long longestSequence) {
            return step;
        }
    }

    private static DecodingService service(int copies, int slots, Joining joining) {
        return new DecodingService(copies, slots, 4096, joining, new Times(PREFILL, STEP));
    }

    private static GenerationSimulation simulation(DecodingService service, RequestSizes sizes) {
        return new GenerationSimulation(service, sizes, Targets.NONE, QueueSimulation.UNLIMITED);
    }

    private static RequestSizes fixed(long input, long output) {
        return new RequestSizes.Fixed(new RequestSize(input, output));
    }

    /** Random services under random loads, some of them beyond their capacity. */
    static Stream<GenerationSimulation> randomServices() {
        RandomGenerator random = QueueSimulation.generator(SEED);
        return Stream.generate(() -> new GenerationSimulation(
                        service(
                                random.nextInt(1, 4),
                                random.nextInt(1, 9),
                                random.nextBoolean() ? Joining.CONTINUOUS : Joining.STATIC),
                        new RequestSizes.Uniform(
                                new RequestSize(random.nextLong(1, 2500), random.nextLong(1, 60)), 0.9),
                        Targets.NONE,
                        random.nextBoolean() ? QueueSimulation.UNLIMITED : 5))
                .limit(24);
    }

    @ParameterizedTest
    @MethodSource("randomServices")
    void noRequestIsLostAndTheTimeInTheSystemObeysLittlesLaw(GenerationSimulation simulation) {
        GenerationResult result = simulation.open(new Arrivals.Poisson(12), 600, SEED);

        assertEquals(
                600, result.completed() + result.unanswered().dropped() + result.unanswered().rejected());
        double byLittle = result.perSecond(result.completed()) * result.latencies().endToEnd().mean();
        assertEquals(byLittle, result.meanInSystem(), 1e-6 * byLittle);
        assertTrue(result.slotUtilisation() <= 1 && result.slotUtilisation() <= result.busy() + 1e-12);
        assertEquals(
                result.tokens().output() - result.completed(),
                result.latencies().itl().count());
    }

    @ParameterizedTest
    @EnumSource
    void aLoneCallerSeesThePlainTimes(Joining joining) {
        GenerationResult result = simulation(service(1, 4, joining), fixed(100, 33)).closed(1, 50, SEED);

        assertEquals(PREFILL, result.latencies().ttft().mean(), 1e-9);
        assertEquals(STEP, result.latencies().tpot().mean(), 1e-9);
        assertEquals(PREFILL + 32 * STEP, result.latencies().endToEnd().mean(), 1e-9);
        assertEquals(0.25, result.slotUtilisation(), 1e-9);
    }

    @Test
    void saturatedSlotsReachTheCapacityThatTheFormulaGives() {
        GenerationSimulation simulation = simulation(service(2, 8, Joining.CONTINUOUS), fixed(100, 65));
        GenerationResult result = simulation.open(new Arrivals.AtOnce(), 8000, SEED);

        double capacity = 2 / (PREFILL + 64 * STEP / 8);
        assertEquals(capacity, simulation.capacity(SEED), 1e-9);
        assertEquals(capacity, result.perSecond(result.completed()), 0.01 * capacity);
        // All eight leave at the same step; while they are replaced one by one, 1 to 8 slots are taken.
        double taken = (64 * STEP * 8 + PREFILL * 36) / (8 * (64 * STEP + 8 * PREFILL));
        assertEquals(taken, result.slotUtilisation(), 0.01 * taken);
    }

    @Test
    void aBatchThatComesAtOnceHasItsLastFirstTokenAfterAllPrefills() {
        GenerationResult result =
                simulation(service(1, 4, Joining.CONTINUOUS), fixed(100, 2)).open(new Arrivals.AtOnce(), 4, SEED);

        assertEquals(4 * PREFILL, result.latencies().ttft().max(), 1e-4);
        assertEquals(1.5 * PREFILL + STEP, result.latencies().tpot().mean(), 1e-9);
    }

    @Test
    void aRequestThatJoinsStallsTheOthersForItsPrefill() {
        List<Double> gaps = new ArrayList<>();
        Sequence first = new Sequence(new RequestSize(10, 4), 0);
        Batcher batcher = new Batcher(service(1, 2, Joining.CONTINUOUS), (sequence, gap) -> {
            if (sequence == first) {
                gaps.add(gap);
            }
        });
        batcher.add(first);
        batcher.endCall();
        batcher.endCall();
        batcher.add(new Sequence(new RequestSize(10, 4), batcher.callEnd()));
        while (!batcher.isIdle()) {
            batcher.endCall();
        }

        assertEquals(List.of(PREFILL, STEP, PREFILL + STEP, STEP), gaps);
    }

    @Test
    void aStaticBatchLetsNobodyInUntilItsLongestAnswerIsDone() {
        RequestSizes sizes = new RequestSizes.Trace(List.of(
                new RequestSize(10, 2), new RequestSize(10, 101), new RequestSize(10, 2), new RequestSize(10, 2)));
        GenerationResult waits =
                simulation(service(1, 2, Joining.STATIC), sizes).open(new Arrivals.AtOnce(), 4, SEED);
        GenerationResult joins =
                simulation(service(1, 2, Joining.CONTINUOUS), sizes).open(new Arrivals.AtOnce(), 4, SEED);

        assertEquals(4 * PREFILL + 100 * STEP, waits.latencies().ttft().max(), 1e-3);
        assertTrue(joins.latencies().ttft().max() < 4 * PREFILL + 3 * STEP);
    }

    @Test
    void anAbandonedRequestLeavesItsSlotToTheNext() {
        List<Sequence> answered = new ArrayList<>();
        Batcher batcher = new Batcher(service(1, 1, Joining.CONTINUOUS), (sequence, gap) -> {
            if (sequence.isComplete()) {
                answered.add(sequence);
            }
        });
        List<Sequence> all = Stream.generate(() -> new Sequence(new RequestSize(10, 3), 0)).limit(3).toList();
        all.forEach(batcher::add);
        batcher.endCall();
        batcher.abandon(all.get(0));
        batcher.abandon(all.get(1));
        while (!batcher.isIdle()) {
            batcher.endCall();
        }

        assertEquals(List.of(all.get(2)), answered);
        assertEquals(0, batcher.outstanding());
        assertEquals(2 * PREFILL + 2 * STEP, all.get(2).endToEnd());
    }

    @Test
    void aRequestAbandonedInItsPrefillGivesNobodyAToken() {
        Batcher batcher = new Batcher(service(1, 2, Joining.CONTINUOUS), (sequence, gap) -> {});
        Sequence first = new Sequence(new RequestSize(10, 3), 0);
        Sequence second = new Sequence(new RequestSize(10, 3), 0);
        batcher.add(first);
        batcher.add(second);
        batcher.endCall();
        batcher.endCall();
        batcher.abandon(second);
        batcher.endCall();

        assertEquals(1, first.generated());
        assertEquals(0, second.generated());
    }

    @Test
    void requestsLongerThanASlotAreRejectedAndThoseBeyondTheQueueDropped() {
        GenerationSimulation simulation = new GenerationSimulation(
                service(1, 1, Joining.CONTINUOUS),
                new RequestSizes.Trace(List.of(new RequestSize(4000, 97), new RequestSize(4000, 96))),
                Targets.NONE,
                3);
        GenerationResult result = simulation.open(new Arrivals.AtOnce(), 20, SEED);

        assertEquals(new GenerationResult.Unanswered(7, 10), result.unanswered());
        assertEquals(3, result.completed());
    }

    @Test
    void goodputCountsRequestsThatKeepBothTimes() {
        GenerationSimulation simulation = new GenerationSimulation(
                service(1, 4, Joining.CONTINUOUS), fixed(10, 2), new Targets(2.5 * PREFILL, 1), 100);
        assertEquals(2, simulation.open(new Arrivals.AtOnce(), 4, SEED).good());
    }

    @Test
    void drawsLengthsAsVllmsBenchmarkDoes() {
        RequestSizes sizes = new RequestSizes.Uniform(new RequestSize(100, 10), 0.5);
        var stream = sizes.stream(QueueSimulation.generator(SEED));
        long[] inputs = Stream.generate(stream).limit(20_000).mapToLong(RequestSize::inputTokens).toArray();

        assertEquals(50, Arrays.stream(inputs).min().orElseThrow());
        assertEquals(150, Arrays.stream(inputs).max().orElseThrow());
        assertEquals(sizes.mean().inputTokens(), Arrays.stream(inputs).average().orElseThrow(), 1);
    }

    @Test
    void equalSeedsGiveEqualResults() {
        GenerationSimulation simulation = simulation(
                service(2, 4, Joining.CONTINUOUS), new RequestSizes.Uniform(new RequestSize(100, 20), 0.5));
        assertEquals(
                simulation.open(new Arrivals.Poisson(5), 300, SEED),
                simulation.open(new Arrivals.Poisson(5), 300, SEED));
    }
}

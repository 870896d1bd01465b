package dev.infermark.serve.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.DecodingTimes;
import dev.infermark.runtime.continuous.Joining;
import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.Execution;
import dev.infermark.serve.device.ManualClock;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.pacing.PacingErrors;
import dev.infermark.serve.pacing.TimeScale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationServiceTest {
    private static final long MILLI = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final PacingErrors errors = new PacingErrors();
    private final List<Execution> executions = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** A prefill of 100 ms, steps of 10 ms. */
    private static final class Times implements DecodingTimes {
        @Override
        public double prefillSeconds(int prompts, long longestInput) {
            return 0.1 * prompts;
        }

        @Override
        public double stepSeconds(int active, long longestSequence) {
            return 0.01;
        }
    }

    private GenerationService service(int copies, int slots, double scale) {
        DecodingService copy = new DecodingService(copies, slots, 1000, Joining.CONTINUOUS, new Times());
        return new GenerationService(
                new GeneratingModel("llama", "modelled in a test", copy, 2, 2),
                clock,
                new TimeScale(0, scale),
                errors,
                new ServingListener() {
                    @Override
                    public void executed(Execution execution) {
                        executions.add(execution);
                    }

                    @Override
                    public void answered(Answer answer) {
                        answers.add(answer);
                    }
                });
    }

    private GenerationService.Generation begin(GenerationService service, long outputTokens) {
        return service.begin(new RequestSize(10, outputTokens), clock.nanos()).orElseThrow();
    }

    private List<Long> tokensOf(GenerationService.Generation generation) throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            hasMore = generation.awaitToken();
            millis.add(clock.nanos() / MILLI);
        }
        generation.answered();
        generation.close();
        return millis;
    }

    @Test
    void tokensComeAtTheModelledInstants() throws Exception {
        assertEquals(List.of(100L, 110L, 120L), tokensOf(begin(service(1, 2, 1), 3)));
        assertEquals(0, errors.summary().max());
        assertEquals(Answer.Outcome.ANSWERED, answers.getFirst().outcome());
        assertEquals(0.12, answers.getFirst().computeSeconds(), 1e-12);
    }

    @Test
    void aTimeScaleMakesThemComeSooner() throws Exception {
        assertEquals(List.of(10L, 11L, 12L), tokensOf(begin(service(1, 2, 10), 3)));
        assertEquals(0.12, answers.getFirst().computeSeconds(), 1e-12);
    }

    @Test
    void aRequestThatJoinsStallsTheOtherAsInTheSimulation() throws Exception {
        GenerationService service = service(1, 2, 1);
        GenerationService.Generation first = begin(service, 3);
        clock.moveTo(105 * MILLI);
        GenerationService.Generation second = begin(service, 2);
        clock.moveTo(300 * MILLI);

        assertEquals(4, executions.size());
        assertEquals(
                List.of(100L, 110L, 210L, 220L),
                executions.stream().map(each -> each.endNanos() / MILLI).toList());
        assertEquals(3, tokensOf(first).size());
        assertEquals(2, tokensOf(second).size());
        assertEquals(0.005, answers.get(1).queueSeconds(), 1e-12);
    }

    @Test
    void copiesHaveCoresOfTheirOwnAndShareTheRequests() {
        GenerationService service = service(2, 1, 1);
        begin(service, 2);
        begin(service, 2);
        assertEquals(List.of(0, 2), executions.stream().map(Execution::firstCore).toList());
        assertEquals(List.of(2, 2), executions.stream().map(Execution::cores).toList());
    }

    @Test
    void aClientThatGoesLeavesItsSlotAndIsCounted() throws Exception {
        GenerationService service = service(1, 1, 1);
        GenerationService.Generation gone = begin(service, 1000 - 10);
        GenerationService.Generation waiting = begin(service, 1);
        gone.awaitToken();
        gone.close();
        clock.moveTo(300 * MILLI);

        assertEquals(210, executions.getLast().endNanos() / MILLI);
        assertFalse(waiting.awaitToken());
        waiting.answered();
        waiting.close();
        assertEquals(
                List.of(Answer.Outcome.ABANDONED, Answer.Outcome.ANSWERED),
                answers.stream().map(Answer::outcome).toList());
        assertEquals(0, service.drain(Duration.ZERO));
    }

    @Test
    void aFullQueueTurnsAwayAndSoDoesAServerThatEnds() throws Exception {
        GenerationService service = service(1, 1, 1);
        for (int i = 0; i < 3; i++) {
            begin(service, 5);
        }
        assertFalse(service.begin(new RequestSize(10, 5), clock.nanos()).isPresent());
        assertEquals(3, service.drain(Duration.ZERO));
        clock.moveTo(1_000_000 * MILLI);
        assertFalse(service.begin(new RequestSize(10, 5), clock.nanos()).isPresent());
        assertEquals(2, answers.size());
    }
}

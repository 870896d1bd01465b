package dev.infermark.serve.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.LoadResult;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Tail;
import dev.infermark.serve.pacing.TimeScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of a served model, on a clock that the test moves. */
class ModelQueueTest {
    private static final double MILLI = 1e-3;
    private static final long MILLI_NANOS = 1_000_000;
    private static final ModelQueue.Placement PLACEMENT = new ModelQueue.Placement("m", 2, 1);
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final ManualClock clock = new ManualClock();
    private final List<Execution> executions = new ArrayList<>();
    private final ServingListener listener = new ServingListener() {
        @Override
        public void executed(Execution execution) {
            executions.add(execution);
        }
    };

    private ModelQueue queue(Service service, Batching batching, int limit, double timeScale) {
        return new ModelQueue(
                PLACEMENT, service, batching, limit, 1, clock, new TimeScale(0, timeScale), listener);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 10})
    void latenciesAreThoseOfTheSimulationForTheSameArrivals(double timeScale) throws InterruptedException {
        Service service = new Service(2, 8 * MILLI, 9 * MILLI, new Tail(1.3));
        Batching batching = new Batching(4, 3 * MILLI);
        double[] arrivals = new double[5_000];
        SplittableRandom random = new SplittableRandom(7);
        double time = 0;
        for (int i = 0; i < arrivals.length; i++) {
            time += random.nextExponential() / 700;
            arrivals[i] = Math.round(time * 1e9) / 1e9;
        }
        LoadResult simulated = new QueueSimulation(service, batching, UNLIMITED)
                .open(new Arrivals.Trace(arrivals), arrivals.length, 1);
        ModelQueue queue = queue(service, batching, UNLIMITED, timeScale);
        List<Ticket> tickets = new ArrayList<>();
        for (double arrival : arrivals) {
            long nanos = Math.round(arrival * 1e9 / timeScale);
            clock.moveTo(nanos);
            tickets.add(queue.submit(nanos, 1).orElseThrow());
        }
        clock.moveTo(Math.round((time + 1) * 1e9));
        double sum = 0;
        double longest = 0;
        for (Ticket ticket : tickets) {
            ticket.awaitStart();
            sum += ticket.latencySeconds();
            longest = Math.max(longest, ticket.latencySeconds());
        }
        assertEquals(simulated.latencies().mean(), sum / tickets.size(), 1e-3 * simulated.latencies().mean());
        assertEquals(simulated.latencies().max(), longest, 1e-3 * longest);
        assertEquals(simulated.calls(), executions.size());
    }

    @Test
    void aFullCallLeavesAtOnce() throws InterruptedException {
        ModelQueue queue = queue(new Service(1, MILLI, MILLI, Tail.NONE), new Batching(2, 1), UNLIMITED, 1);
        Ticket first = queue.submit(0, 1).orElseThrow();
        assertTrue(executions.isEmpty());
        clock.moveTo(5 * MILLI_NANOS);
        queue.submit(5 * MILLI_NANOS, 1);
        first.awaitStart();
        assertEquals(5 * MILLI, first.queueSeconds(), 1e-9);
        assertEquals(
                List.of(new Execution("m", 2, 1, 2, 5 * MILLI_NANOS, 6 * MILLI_NANOS, MILLI, MILLI)),
                executions);
    }

    @Test
    void aRequestThatNobodyJoinsLeavesAfterItsDelay() throws InterruptedException {
        ModelQueue queue =
                queue(new Service(1, MILLI, MILLI, Tail.NONE), new Batching(8, 4 * MILLI), UNLIMITED, 1);
        Ticket ticket = queue.submit(0, 1).orElseThrow();
        clock.moveTo(10 * MILLI_NANOS);
        ticket.awaitStart();
        assertEquals(5 * MILLI, ticket.latencySeconds(), 1e-9);
    }

    @Test
    void aRequestOfSeveralPlacesIsAnsweredWithItsLastCall() throws InterruptedException {
        ModelQueue queue = queue(new Service(1, MILLI, MILLI, Tail.NONE), new Batching(2, 0), UNLIMITED, 1);
        Ticket ticket = queue.submit(0, 3).orElseThrow();
        clock.moveTo(10 * MILLI_NANOS);
        ticket.awaitStart();
        assertEquals(2 * MILLI, ticket.latencySeconds(), 1e-9);
        assertEquals(2, executions.size());
    }

    @Test
    void aFullQueueTurnsRequestsAwayUntilOneHasLeft() {
        ModelQueue queue = queue(new Service(1, MILLI, MILLI, Tail.NONE), Batching.NONE, 1, 1);
        assertTrue(queue.submit(0, 1).isPresent());
        assertTrue(queue.submit(0, 1).isPresent());
        assertEquals(Optional.empty(), queue.submit(0, 1));
        clock.moveTo(2 * MILLI_NANOS);
        assertTrue(queue.submit(2 * MILLI_NANOS, 1).isPresent());
    }

    @Test
    void aRequestThatComesToTheQueueLateTakesItsPlaceBehindCallsThatHaveLeft() throws InterruptedException {
        ModelQueue queue = queue(new Service(1, MILLI, MILLI, Tail.NONE), Batching.NONE, UNLIMITED, 1);
        clock.moveTo(5 * MILLI_NANOS);
        queue.submit(5 * MILLI_NANOS, 1);
        Ticket late = queue.submit(4 * MILLI_NANOS, 1).orElseThrow();
        clock.moveTo(10 * MILLI_NANOS);
        late.awaitStart();
        assertEquals(2 * MILLI, late.latencySeconds(), 1e-9);
    }
}

package dev.infermark.runtime.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSimulationTest {
    private static final long SEED = 7;
    private static final double SECONDS = 0.01;

    private static QueueSimulation simulation(int copies, Tail tail, Batching batching) {
        return new QueueSimulation(
                new Service(copies, SECONDS, SECONDS, tail), batching, QueueSimulation.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.7})
    void agreesWithTheoryForOneCopyWithPoissonArrivals(double load) {
        LoadResult result = simulation(1, Tail.NONE, Batching.NONE)
                .open(new Arrivals.Poisson(load / SECONDS), 1_000_000, SEED);
        // Pollaczek and Khinchine: the mean wait in M/D/1 is ρ·s / (2·(1 − ρ)).
        double mean = SECONDS + load * SECONDS / (2 * (1 - load));
        assertEquals(mean, result.latencies().mean(), 0.02 * mean);
        assertEquals(load, result.utilisation(), 0.02 * load);
        for (double share : new double[] {0.5, 0.9, 0.99}) {
            double exact = SECONDS + erlangQuantile(load, share);
            double simulated = share == 0.5
                    ? result.latencies().p50()
                    : share == 0.9 ? result.latencies().p90() : result.latencies().p99();
            assertEquals(exact, simulated, 0.02 * exact, "percentile " + share);
        }
    }

    /** The wait that this share of requests in M/D/1 does not exceed, by Erlang's formula of 1909 and bisection. */
    private static double erlangQuantile(double load, double share) {
        double low = 0;
        double high = 15 * SECONDS;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (erlang(load, middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double erlang(double load, double wait) {
        double lambda = load / SECONDS;
        double sum = 0;
        for (int k = 0; k <= (int) (wait / SECONDS); k++) {
            double x = lambda * (wait - k * SECONDS);
            double term = Math.exp(x);
            for (int j = 1; j <= k; j++) {
                term *= -x / j;
            }
            sum += term;
        }
        return (1 - load) * sum;
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "2, 0.7", "4, 0.7", "12, 0.8"})
    void agreesWithTheRecursionOfKieferAndWolfowitzForSeveralCopies(int copies, double load) {
        double perSecond = copies * load / SECONDS;
        LoadResult result = simulation(copies, Tail.NONE, Batching.NONE)
                .open(new Arrivals.Poisson(perSecond), 500_000, SEED);
        double mean = SECONDS + meanWaitOfErlangC(copies, copies * load) * correction(copies, load);
        assertEquals(mean, result.latencies().mean(), 0.02 * mean);
    }

    /** The mean wait in M/M/c. */
    private static double meanWaitOfErlangC(int copies, double offered) {
        double blocking = 1;
        for (int k = 1; k <= copies; k++) {
            blocking = offered * blocking / (k + offered * blocking);
        }
        double waiting = blocking / (1 - offered / copies * (1 - blocking));
        return waiting * SECONDS / (copies - offered);
    }

    /** Cosmetatos: the mean wait in M/D/c over that in M/M/c. */
    private static double correction(int copies, double load) {
        return 0.5 * (1 + (1 - load) * (copies - 1) * (Math.sqrt(4 + 5.0 * copies) - 2) / (16 * load * copies));
    }

    @Test
    void equalSeedsGiveEqualResultsAndOthersDoNot() {
        QueueSimulation simulation = simulation(2, new Tail(1.1), new Batching(4, 0.002));
        Arrivals arrivals = new Arrivals.Bursts(300, 3);
        LoadResult one = simulation.open(arrivals, 20_000, 1);
        assertEquals(one, simulation.open(arrivals, 20_000, 1));
        assertTrue(one.latencies().mean() != simulation.open(arrivals, 20_000, 2).latencies().mean());
    }

    @Test
    void obeysLittlesLawInAClosedLoop() {
        LoadResult result = simulation(4, new Tail(1.05), Batching.NONE).closed(10, 100_000, SEED);
        assertEquals(10, result.meanInFlight(), 0.01);
        assertEquals(4 / SECONDS, result.throughput(), 0.01 * 4 / SECONDS);
    }

    @Test
    void withoutLoadTheNinetyNinthPercentileIsThatOfTheTail() {
        LoadResult result =
                simulation(1, new Tail(1.2), Batching.NONE).closed(1, 200_000, SEED);
        assertEquals(1.2, result.latencies().p99() / result.latencies().p50(), 0.01);
    }

    @Test
    void aRequestWaitsNoLongerForOthersThanTheDelay() {
        LoadResult result = simulation(1, Tail.NONE, new Batching(8, 0.005))
                .open(new Arrivals.Constant(1), 100, SEED);
        assertEquals(SECONDS + 0.005, result.latencies().max(), 1e-6);
        assertEquals(1, result.meanBatch());
    }

    @Test
    void requestsThatComeTogetherShareACall() {
        LoadResult result = simulation(1, Tail.NONE, new Batching(8, 0.005))
                .open(new Arrivals.Bursts(8, 8), 8_000, SEED);
        assertTrue(result.meanBatch() > 7.9);
        assertEquals(1000, (double) result.calls(), 10);
    }

    @Test
    void everyRequestIsAnsweredOrTurnedAway() {
        QueueSimulation limited =
                new QueueSimulation(new Service(1, SECONDS, SECONDS, Tail.NONE), Batching.NONE, 5);
        LoadResult result = limited.open(new Arrivals.Poisson(2 / SECONDS), 100_000, SEED);
        assertEquals(100_000, result.latencies().count() + result.dropped());
        assertEquals(0.5, result.dropped() / 100_000.0, 0.01);
        assertEquals(5, result.longestQueue());
    }

    @Test
    void theLatencyRisesWithTheRate() {
        double last = 0;
        for (double load : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            double p99 = simulation(1, Tail.NONE, Batching.NONE)
                    .open(new Arrivals.Poisson(load / SECONDS), 50_000, SEED)
                    .latencies()
                    .p99();
            assertTrue(p99 >= last);
            last = p99;
        }
    }

    @Test
    void theHighestRateHoldsThePercentileAndALittleMoreDoesNot() {
        PercentileSearch search = new PercentileSearch(simulation(2, Tail.NONE, Batching.NONE), 50_000, SEED);
        RateSearch.Found<LoadResult> found = search.highest(0.025);
        assertTrue(found.result().latencies().p99() <= 0.025);
        assertTrue(search.simulation()
                        .open(new Arrivals.Poisson(found.perSecond() * 1.02), 50_000, SEED)
                        .latencies()
                        .p99()
                > 0.025);
        assertThrows(Refusal.class, () -> search.highest(0.009));
    }

    @Test
    void allAtOnceTakeAsLongAsTheirCalls() {
        LoadResult result = simulation(2, Tail.NONE, new Batching(4, 0))
                .open(new Arrivals.AtOnce(), 800, SEED);
        assertEquals(100 * SECONDS, result.seconds(), 1e-9);
    }

    /**
     * The published times of 1, 2, 4 and 8 requests on a network that is compiled for one: the first and the last tell
     * how long a call takes and holds the core, and the two between are foreseen.
     */
    @ParameterizedTest
    @CsvSource({"1, 14.5", "2, 23.3", "4, 40.0", "8, 74.5"})
    void aDynamicBatchIsCutOntoTheCompiledOneAsPublished(int requests, double publishedMillis) {
        Service service = new Service(1, (0.0745 - 0.0145) / 7, 0.0145, Tail.NONE);
        double seconds = new MultiStream(service, 1).run(requests, 100, SEED).p50();
        assertEquals(publishedMillis, 1e3 * seconds, 0.011 * publishedMillis);
    }

    @Test
    void theScenariosOfAServiceWithoutSpreadFollowFromItsTimes() {
        ScenarioRuns runs = new ScenarioRuns(simulation(2, Tail.NONE, new Batching(4, 0)), 8_000, SEED);
        assertEquals(SECONDS, runs.singleStream().latencies().p90(), 1e-6);
        assertEquals(1 / SECONDS, runs.singleStream().perSecond(), 1e-6);
        // Eight requests are two calls of four, one on each copy.
        assertEquals(SECONDS, runs.multiStream().latencies().p99(), 1e-6);
        assertEquals(1_000, runs.multiStream().latencies().count());
        assertEquals(8 / SECONDS, runs.offline().perSecond(), 1e-6);
        ScenarioResult server = runs.server(0.03);
        assertTrue(server.latencies().p99() <= 0.03);
        assertTrue(server.perSecond() < runs.offline().perSecond());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(UserError.class, () -> new Arrivals.Poisson(0));
        assertThrows(UserError.class, () -> new Arrivals.Constant(-1));
        assertThrows(UserError.class, () -> new Arrivals.Trace(new double[] {1, 0.5}));
        assertThrows(UserError.class, () -> new Arrivals.Trace(new double[0]));
        assertThrows(UserError.class, () -> new Arrivals.Trace(new double[] {Long.MAX_VALUE}));
        assertThrows(UserError.class, () -> new Batching(0, 1));
        assertThrows(UserError.class, () -> new Tail(0.9));
    }
}

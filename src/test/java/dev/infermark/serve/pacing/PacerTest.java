package dev.infermark.serve.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock that sleepers wait on; how late it is depends on the host, so that no test asks. */
@Timeout(10)
class PacerTest {
    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {-MILLI, 0, 10_000, 50_000, 300_000, 5 * MILLI})
    void aSleeperNeverWakesBeforeItsInstant(long ahead) throws InterruptedException {
        try (Pacer pacer = new Pacer()) {
            long instant = pacer.nanos() + ahead;
            pacer.sleepUntil(instant);
            assertTrue(pacer.nanos() >= instant);
        }
    }

    @Test
    void manySleepersWakeEachAtItsOwnInstant() throws InterruptedException {
        try (Pacer pacer = new Pacer()) {
            long start = pacer.nanos();
            List<Long> early = new CopyOnWriteArrayList<>();
            List<Thread> sleepers = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 500; i++) {
                long instant = start + i * 20_000L;
                sleepers.add(Thread.ofVirtual().start(() -> {
                    try {
                        pacer.sleepUntil(instant);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    if (pacer.nanos() < instant) {
                        early.add(instant);
                    }
                }));
            }
            for (Thread sleeper : sleepers) {
                sleeper.join();
            }
            assertEquals(List.of(), early);
        }
    }

    @Test
    void actionsRunInTheOrderOfTheirInstants() throws InterruptedException {
        try (Pacer pacer = new Pacer()) {
            long start = pacer.nanos() + 20 * MILLI;
            List<Integer> order = new CopyOnWriteArrayList<>();
            CountDownLatch done = new CountDownLatch(3);
            for (int i : new int[] {2, 0, 1}) {
                pacer.at(start + i * MILLI, () -> {
                    order.add(i);
                    done.countDown();
                });
            }
            done.await();
            assertEquals(List.of(0, 1, 2), order);
        }
    }

    @Test
    void anActionThatFailsIsToldAndStopsNoOther() throws InterruptedException {
        Logger logger = Logger.getLogger(Pacer.class.getName());
        List<String> told = new CopyOnWriteArrayList<>();
        logger.setFilter(message -> {
            told.add(message.getLevel().getName() + ": " + message.getMessage());
            return false;
        });
        try (Pacer pacer = new Pacer()) {
            CountDownLatch done = new CountDownLatch(1);
            pacer.at(pacer.nanos(), () -> {
                throw new IllegalStateException("on purpose");
            });
            pacer.at(pacer.nanos() + MILLI, done::countDown);
            done.await();
        } finally {
            logger.setFilter(null);
        }
        assertEquals(List.of("SEVERE: an action of the clock failed"), told);
    }

    @Test
    void anInterruptedSleeperGivesUp() throws InterruptedException {
        try (Pacer pacer = new Pacer()) {
            CountDownLatch gaveUp = new CountDownLatch(1);
            Thread sleeper = Thread.ofVirtual().start(() -> {
                assertThrows(InterruptedException.class, () -> pacer.sleepUntil(pacer.nanos() + 3_600_000 * MILLI));
                gaveUp.countDown();
            });
            sleeper.interrupt();
            gaveUp.await();
        }
    }

    @Test
    void aScaleTurnsInstantsIntoTimesAndBack() {
        TimeScale scale = new TimeScale(1_000, 10);
        assertEquals(0, scale.seconds(1_000));
        assertEquals(0.01, scale.seconds(1_000 + MILLI), 1e-12);
        assertEquals(1_000 + MILLI, scale.nanos(0.01));
        for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(UserError.class, () -> new TimeScale(0, factor));
        }
    }

    @Test
    void errorsAreSummedUpInMicroseconds() {
        PacingErrors errors = new PacingErrors();
        for (int i = 1; i <= 100; i++) {
            errors.record(i * 1_000L);
        }
        PacingErrors.Summary summary = errors.summary();
        assertEquals(100, summary.count());
        assertEquals(50, summary.p50(), 0.1);
        assertEquals(99, summary.p99(), 0.1);
        assertEquals(100, summary.max(), 0.2);
    }
}

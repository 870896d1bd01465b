package dev.infermark.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TasksTest {
    @Test
    void waitsForTheOtherTasksWhereOneFails() {
        CountDownLatch failing = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Runnable fails = () -> {
            failing.countDown();
            throw new ArithmeticException("the first");
        };
        Runnable works = () -> {
            await(failing);
            done.incrementAndGet();
        };

        assertThrows(ArithmeticException.class, new Tasks(List.of(fails, works, works))::run);
        assertEquals(2, done.get());
    }

    @Test
    void throwsWhatATaskOfAnotherThreadThrew() {
        Runnable fails = () -> {
            throw new ArithmeticException("the second");
        };

        assertThrows(ArithmeticException.class, new Tasks(List.of(() -> {}, fails))::run);
    }

    @Test
    void runsEachTaskOncePerCallEvenAfterOneFailed() {
        AtomicInteger done = new AtomicInteger();
        Runnable failsAtFirst = () -> {
            if (done.incrementAndGet() <= 3) {
                throw new ArithmeticException("the first call");
            }
        };
        Tasks tasks = new Tasks(Collections.nCopies(3, failsAtFirst));

        assertThrows(ArithmeticException.class, tasks::run);
        for (int calls = 2; calls < 100; calls++) {
            tasks.run();
            assertEquals(3 * calls, done.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.infermark.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

        assertThrows(ArithmeticException.class, () -> Tasks.run(Stream.of(fails, works, works)));
        assertEquals(2, done.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

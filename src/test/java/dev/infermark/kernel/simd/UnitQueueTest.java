package dev.infermark.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitQueueTest {
    @ParameterizedTest
    @CsvSource({"640, 40, 2", "162, 54, 2", "21, 7, 2", "1, 1, 3", "5, 1, 2", "100, 7, 8", "768, 16, 3"})
    void sharesAreWholeGroupsOrOnePartOfAGroupAndLeaveNothingOut(int units, int group, int threads) {
        UnitQueue queue = new UnitQueue(units, group, threads);
        int from = queue.take();
        assertEquals(0, from);
        while (from < units) {
            int end = queue.end(from);
            boolean endsGroup = end % group == 0 || end == units;
            boolean isLargePart = from / group == (end - 1) / group && end - from >= Math.ceilDiv(group, 6);
            assertTrue(endsGroup || isLargePart, from + " to " + end);
            assertTrue(end - from >= (units - from) / (2 * threads) || end % group == 0, from + " to " + end);
            assertEquals(end, queue.take());
            from = end;
        }
        queue.reset();
        assertEquals(0, queue.take());
    }

    @ParameterizedTest
    @CsvSource({"640, 40", "1, 1"})
    void oneThreadTakesAllAtOnce(int units, int group) {
        UnitQueue queue = new UnitQueue(units, group, 1);
        assertEquals(0, queue.take());
        assertEquals(units, queue.end(0));
        assertEquals(units, queue.take());
    }
}

package dev.infermark.deploy.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void aGuessIsNotCalledAnIntervalOfNinetyPercent() {
        assertFalse(Interval.UNMEASURED.isMeasured());
        assertEquals("not measured: taken from", Interval.UNMEASURED.title("from"));
    }

    @Test
    void whatWasMeasuredIs() {
        Interval measured = new Interval(0.1);
        assertTrue(measured.isMeasured());
        assertEquals("90 % interval to", measured.title("to"));
    }
}

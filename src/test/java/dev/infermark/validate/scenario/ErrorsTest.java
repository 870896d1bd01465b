package dev.infermark.validate.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.validate.scenario.Errors.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    /** Rounding of a handful of additions and divisions of numbers near 1. */
    private static final double BOUND = 1e-14;

    @Test
    void agreesWithStatisticsComputedByHand() {
        // errors: +10 %, −20 %, +5 %, 0 %
        Errors errors = Errors.of(List.of(
                new Pair(10, 11), new Pair(20, 16), new Pair(40, 42), new Pair(80, 80)));
        assertEquals(4, errors.count());
        assertEquals(0.35 / 4, errors.mean(), BOUND);
        assertEquals(0.075, errors.median(), BOUND);
        // sorted 0, .05, .10, .20; position 0.9·3 = 2.7 between the third and the fourth
        assertEquals(0.17, errors.p90(), BOUND);
        assertEquals(0.2, errors.worst(), BOUND);
        assertEquals(-0.05 / 4, errors.bias(), BOUND);
        assertEquals(1, errors.spearman(), BOUND);
    }

    @Test
    void ranksTiesByTheirMean() {
        // ranks 1 2 3 and 1.5 1.5 3: covariance 1.5, variances 2 and 1.5
        Errors errors = Errors.of(List.of(new Pair(1, 5), new Pair(2, 5), new Pair(3, 7)));
        assertEquals(1.5 / Math.sqrt(2 * 1.5), errors.spearman(), BOUND);
    }

    @Test
    void refusesNoPairs() {
        assertThrows(IllegalArgumentException.class, () -> Errors.of(List.of()));
    }
}

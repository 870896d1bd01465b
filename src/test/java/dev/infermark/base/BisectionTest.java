package dev.infermark.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BisectionTest {
    @ParameterizedTest
    @CsvSource({
        "0, 100, 0", "0, 100, 1", "0, 100, 57", "0, 100, 99", "-5, 5, -2", "3, 4, 3", "0, 9000000000, 8765432109"
    })
    void findsTheFirstNumberThatMeetsTheCondition(long from, long to, long first) {
        assertEquals(first, Bisection.first(from, to, number -> number >= first));
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 100", "7, 7, 7", "7, 3, 7"})
    void endsBehindTheNumbersWhereNoneMeetsIt(long from, long to, long end) {
        assertEquals(end, Bisection.first(from, to, _ -> false));
    }
}

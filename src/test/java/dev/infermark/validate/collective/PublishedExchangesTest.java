package dev.infermark.validate.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.hardware.Catalog;
import dev.infermark.validate.collective.PublishedExchanges.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedExchangesTest {
    private static final List<Answer> ANSWERS = PublishedExchanges.take(Catalog.builtIn());

    @Test
    void meetsTheAllReduceOfTwoRanksOf2023() {
        assertErrors("2023-05", 2, List.of(-2L, -1L, -2L, -2L, 5L, -3L, -1L, 0L, 0L, -20L));
    }

    @Test
    void meetsTheAllGatherOfThirtyTwoRanksOf2023ButForItsLargestSize() {
        assertErrors("2023-05", 32, List.of(1L, 2L, 2L, -13L));
    }

    @Test
    void meetsTheAllGatherOfThirtyTwoRanksOf2025() {
        assertErrors("2025-06", 32, List.of(0L, -3L, -8L, -4L));
    }

    @Test
    void meetsTheAllGatherAndThePermuteOfEightRanksOf2025() {
        assertErrors("2025-06", 8, List.of(-1L, -3L, -9L, 4L, 0L));
    }

    /** In per cent, size by size as the table lists them. */
    private static void assertErrors(String run, int ranks, List<Long> percent) {
        assertEquals(
                percent,
                ANSWERS.stream()
                        .filter(each -> each.run().name().equals(run) && each.run().ranks() == ranks)
                        .map(each -> Math.round(100 * each.error()))
                        .toList());
    }
}

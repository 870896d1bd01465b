package dev.infermark.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of fair coins: binomial with standard deviation √n/2, of which six leave a chance of 2e-9 each. */
class RandomBitsTest {
    private static final int TRIALS = 1 << 18;
    private static final double SIX_DEVIATIONS = 6 * Math.sqrt(TRIALS) / 2;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -1, 0x9e3779b97f4a7c15L})
    void everyBitIsSetHalfOfTheTime(long seed) {
        RandomBits random = RandomBits.of(seed, 0);
        assertFair(random::at);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 128, 1024, 4096})
    void numbersDoNotDependOnTheirNeighbours(int distance) {
        RandomBits random = RandomBits.of(5, 0);
        assertFair(index -> random.at(index) ^ random.at(index + distance));
        // A carry depends on all bits: one on the upper ones of its neighbour.
        assertFair(index -> random.at(index) ^ Integer.rotateLeft(random.at(index + distance), 1));
    }

    @Test
    void seedsAndUpperHalvesOfIndicesGiveNumbersThatDoNotDependOnEachOther() {
        RandomBits random = RandomBits.of(7, 0);
        List<RandomBits> others =
                List.of(RandomBits.of(8, 0), RandomBits.of(7, 1L << 32), RandomBits.of(7 + 0x9e3779b97f4a7c15L, 0));
        for (RandomBits other : others) {
            assertFair(index -> random.at(index) ^ other.at(index));
            // Not even where the sum of index and key is the same.
            assertFair(index -> random.at(index) ^ other.at(index + random.first() - other.first()));
        }
    }

    /** Pearson's statistic of 255 degrees of freedom has mean 255 and standard deviation √510. */
    @Test
    void neighboursFillTheSquareEvenly() {
        RandomBits random = RandomBits.of(11, 0);
        int[] counts = new int[256];
        for (int i = 0; i < TRIALS; i++) {
            counts[(random.at(2 * i) >>> 28) << 4 | random.at(2 * i + 1) >>> 28]++;
        }
        double expected = TRIALS / 256.0;
        double statistic = 0;
        for (int count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        assertEquals(255, statistic, 6 * Math.sqrt(2 * 255));
    }

    private static void assertFair(IntUnaryOperator numbers) {
        int[] ones = new int[Integer.SIZE];
        for (int i = 0; i < TRIALS; i++) {
            int number = numbers.applyAsInt(i);
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                ones[bit] += number >>> bit & 1;
            }
        }
        for (int count : ones) {
            assertEquals(TRIALS / 2.0, count, SIX_DEVIATIONS);
        }
    }
}

package dev.infermark.runtime.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void theBestSetCostsNoMoreThanAnyOtherOnAThousandRandomHistograms() {
        Random random = new Random(20);
        for (int i = 0; i < 1000; i++) {
            TreeMap<Integer, Long> counts = new TreeMap<>();
            for (int n = 1 + random.nextInt(9); n > 0; n--) {
                counts.put(1 + random.nextInt(512), 1L + random.nextInt(50));
            }
            LengthHistogram histogram = new LengthHistogram(counts);
            int count = 1 + random.nextInt(4);
            IntToDoubleFunction price = i % 2 == 0 ? length -> length : length -> 3 + 0.01 * length * length;
            double best = Buckets.best(histogram, count, price).cost(histogram, price);
            assertEquals(bruteForce(histogram, count, price), best, 1e-9 * best);
        }
    }

    @Test
    void paddingIsCountedAsWaste() {
        LengthHistogram histogram = LengthHistogram.of(List.of(32, 64, 128, 128));
        assertEquals(1 - 352.0 / 512, new Buckets(List.of(128)).waste(histogram), 1e-12);
        assertEquals(0, new Buckets(List.of(32, 64, 128)).waste(histogram), 1e-12);
    }

    @Test
    void aRequestGoesIntoTheShortestBucketThatHoldsIt() {
        Buckets buckets = new Buckets(List.of(64, 128));
        assertEquals(64, buckets.bucket(1));
        assertEquals(64, buckets.bucket(64));
        assertEquals(128, buckets.bucket(65));
        assertThrows(UserError.class, () -> buckets.bucket(129));
    }

    @Test
    void bucketsThatDoNotAscendAreRefused() {
        assertThrows(UserError.class, () -> new Buckets(List.of(128, 64)));
        assertThrows(UserError.class, () -> new Buckets(List.of()));
        assertThrows(UserError.class, () -> Buckets.best(LengthHistogram.of(List.of(1)), 0, length -> length));
    }

    /** Tries every subset of the lengths that contains the longest one. */
    private static double bruteForce(LengthHistogram histogram, int count, IntToDoubleFunction price) {
        List<Integer> lengths = List.copyOf(histogram.counts().keySet());
        double best = Double.POSITIVE_INFINITY;
        for (int subset = 0; subset < 1 << (lengths.size() - 1); subset++) {
            if (Integer.bitCount(subset) < count) {
                List<Integer> chosen = new ArrayList<>();
                for (int i = 0; i < lengths.size() - 1; i++) {
                    if ((subset >> i & 1) == 1) {
                        chosen.add(lengths.get(i));
                    }
                }
                chosen.add(lengths.getLast());
                best = Math.min(best, new Buckets(chosen).cost(histogram, price));
            }
        }
        return best;
    }
}

package dev.infermark.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleOfTheSortedValuesForEveryLength() {
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 1; n < 200; n++) {
            double[] values = random.doubles(n).map(v -> Math.floor(20 * v)).toArray();
            double[] sorted = Arrays.stream(values).sorted().toArray();

            assertEquals((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, Median.of(values));
        }
    }

    @Test
    void takesNanForTheLargest() {
        double[] values = new double[99];
        Arrays.fill(values, 0, 49, Double.NaN);

        assertEquals(0, Median.of(values));
    }
}

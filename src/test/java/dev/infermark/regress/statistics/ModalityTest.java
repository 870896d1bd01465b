package dev.infermark.regress.statistics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModalityTest {
    private static List<double[]> samples(int size, double shareOfSlow) {
        SplittableRandom random = new SplittableRandom(size);
        List<double[]> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double[] sample = new double[size];
            Arrays.setAll(sample, _ -> random.nextGaussian() + (random.nextDouble() < shareOfSlow ? 10 : 0));
            samples.add(sample);
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 10})
    void tellsModesFromGaussianNoiseAndFromFewOutliers(int size) {
        assertFalse(Modality.isIn(samples(size, 0)));
        assertFalse(Modality.isIn(samples(size, 0.02)));
        assertTrue(Modality.isIn(samples(size, 0.3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2})
    void tellsNothingOfPairs(int size) {
        assertFalse(Modality.isIn(samples(size, 0.3)));
    }
}

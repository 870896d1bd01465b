package dev.infermark.regress.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    /** The example of Benjamini and Hochberg (1995): fifteen p-values, of which four are alarms at 5 %. */
    @Test
    void adjustsThePublishedExampleOfBenjaminiAndHochberg() {
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000
        };

        double[] adjusted = ErrorControl.BH.adjust(p);

        assertEquals(4, java.util.Arrays.stream(adjusted).filter(v -> v <= 0.05).count());
        assertEquals(0.0095 * 15 / 4, adjusted[3], 1e-12);
    }

    @Test
    void adjustsByHolmStepDownInAnyOrder() {
        assertArrayEquals(new double[] {0.06, 0.03, 0.06}, ErrorControl.HOLM.adjust(0.04, 0.01, 0.03), 1e-12);
    }

    @Test
    void adjustsNoTestAtAll() {
        assertEquals(0, ErrorControl.BH.adjust().length);
    }

    /** Logs of {1, e^.1, e^.2} and {e^.3, e^.4, e^.5}: difference 0.3, pooled deviation 0.1, 4 degrees of freedom. */
    @Test
    void measuresAShiftAsStudentDoes() {
        double[] a = {1, Math.exp(0.1), Math.exp(0.2)};
        double[] b = {Math.exp(0.3), Math.exp(0.4), Math.exp(0.5)};

        Shift shift = Shift.between(a, b);

        double error = 0.1 * Math.sqrt(2.0 / 3);
        assertEquals(Math.expm1(0.3), shift.change(), 1e-12);
        assertEquals(0.1, shift.spread(), 1e-12);
        assertEquals(Math.expm1(0.3 - 2.7764451051977987 * error), shift.lower(), 1e-9);
        // Two-sided p of t = 3.6742 with 4 degrees of freedom: 1 - 2 (t/√(4+t²)) (1/2 + 1/(4+t²)) (closed form).
        double t = 0.3 / error;
        double share = t / Math.sqrt(4 + t * t);
        assertEquals(1 - share * (3 - share * share) / 2, shift.p(), 1e-9);
        assertEquals(0.1, shift.rankP(), 1e-12);
    }

    @Test
    void takesEvenEqualForksForNoProofOfSilence() {
        Shift shift = Shift.between(new double[] {100, 100}, new double[] {101, 101});

        assertEquals(Shift.LEAST_SPREAD, shift.spread(), 1e-12);
        assertTrue(shift.p() > 0.05, () -> "p of two equal forks: " + shift.p());
    }

    @Test
    void needsMoreForksForMoreNoiseAndForLargerSuites() {
        int quiet = ForksNeeded.of(0.01, 0.05, 0.005, 2);
        int noisy = ForksNeeded.of(0.05, 0.05, 0.005, 2);

        assertTrue(quiet < noisy, () -> quiet + " against " + noisy);
        assertTrue(ForksNeeded.of(0.02, 0.05, 5e-8, 2) > ForksNeeded.of(0.02, 0.05, 5e-3, 2));
        assertEquals(7, ForksNeeded.of(0.001, 0.05, 0.005, 7));
        assertEquals(ForksNeeded.MOST, ForksNeeded.of(3, 0.05, 0.005, 2));
    }

    /** The named number of forks must hold what it promises: nine of ten changes of twice the threshold are found. */
    @Test
    void findsNineOfTenWithTheForksNeeded() {
        double spread = 0.04;
        double level = 0.005;
        int forks = ForksNeeded.of(spread, 0.05, level, 2);
        SplittableRandom random = new SplittableRandom(5);
        int found = 0;
        for (int i = 0; i < 1000; i++) {
            double[] a = random.doubles(forks).map(_ -> Math.exp(spread * random.nextGaussian())).toArray();
            double[] b = random.doubles(forks).map(_ -> 1.1 * Math.exp(spread * random.nextGaussian())).toArray();
            found += Shift.between(a, b).p() <= level ? 1 : 0;
        }
        int hits = found;
        // 900 expected at least; three standard errors of a binomial count are 28.
        assertTrue(hits >= 872, () -> hits + " of 1000 found with " + forks + " forks");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.5, 0.7})
    void estimatesAutocorrelationWithinItsErrorThoughTheLevelSteps(double coefficient) {
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        int series = 200;
        int n = 200;
        for (int s = 0; s < series; s++) {
            double[] values = new double[n];
            double x = random.nextGaussian();
            for (int i = 0; i < n; i++) {
                x = coefficient * x + Math.sqrt(1 - coefficient * coefficient) * random.nextGaussian();
                values[i] = x + (i < n / 2 ? 0 : 20);
            }
            sum += Autocorrelation.lagOne(values, List.of(0)) / series;
        }
        double mean = sum;
        assertTrue(
                mean > coefficient - 3 / Math.sqrt(n) && mean < coefficient + 1 / Math.sqrt(n),
                () -> coefficient + " estimated as " + mean);
    }

    /** Var(mean of 2) = (1 + φ)/2 and Var(mean of 3) = (3 + 4φ + 2φ²)/9, from the definition. */
    @Test
    void inflatesTheVarianceOfAMeanAsTheDefinitionSays() {
        assertEquals(1.5, Autocorrelation.varianceInflation(2, 0.5), 1e-12);
        assertEquals((3 + 4 * 0.5 + 2 * 0.25) / 3, Autocorrelation.varianceInflation(3, 0.5), 1e-12);
        assertEquals(1, Autocorrelation.varianceInflation(9, 0), 0);
    }

    @Test
    void winsorisesOutliersAndKeepsTheRest() {
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 3 + 2 * Robust.MAD_TO_SIGMA},
                Robust.winsorise(new double[] {1, 2, 3, 4, 1000}, 2),
                1e-12);
        assertArrayEquals(new double[] {5, 5, 5}, Robust.winsorise(new double[] {5, 5, 5}, 2), 0);
    }
}

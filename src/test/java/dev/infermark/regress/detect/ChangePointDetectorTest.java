package dev.infermark.regress.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointDetectorTest {
    private final ChangePointDetector detector = new ChangePointDetector(1);

    private static double[] noise(int runs, double spread, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(runs).map(_ -> 100 * Math.exp(spread * random.nextGaussian())).toArray();
    }

    private static double[] step(double[] series, int from, int to, double factor) {
        double[] stepped = series.clone();
        for (int i = from; i < to; i++) {
            stepped[i] *= factor;
        }
        return stepped;
    }

    private List<Integer> places(double... series) {
        return detector.detect(series).stream().map(ChangePoint::index).toList();
    }

    @Test
    void locatesAStepAndItsSize() {
        List<ChangePoint> changes = detector.detect(step(noise(100, 0.01, 1), 60, 100, 1.05));

        assertEquals(1, changes.size());
        ChangePoint change = changes.getFirst();
        assertTrue(Math.abs(change.index() - 60) <= 1, change::toString);
        assertEquals(0.05, change.change(), 0.01);
        assertTrue(change.upper() - change.lower() < 0.02, change::toString);
        assertTrue(change.p() <= 0.003, change::toString);
    }

    /** The intervals must hold the true size about as often as they say. */
    @Test
    void coversTheTrueSizeNineteenTimesOfTwenty() {
        int covered = 0;
        for (int i = 0; i < 400; i++) {
            ChangePoint change =
                    detector.detect(step(noise(80, 0.01, 100 + i), 40, 80, 1.05)).getFirst();
            covered += change.lower() < 0.05 && 0.05 < change.upper() ? 1 : 0;
        }
        int hits = covered;
        // 380 expected; four standard errors of a binomial count are 17.
        assertTrue(hits >= 363, () -> hits + " of 400 intervals hold the true size");
    }

    @Test
    void findsALevelThatRisesAndFallsAgain() {
        assertEquals(List.of(40, 60), places(step(noise(200, 0.005, 2), 40, 60, 1.05)));
    }

    @Test
    void doesNotTakeOneOrTwoOutliersForAChange() {
        double[] series = noise(100, 0.01, 3);

        assertEquals(List.of(), places(step(series, 50, 52, 1.5)));
        assertEquals(List.of(), places(step(series, 99, 100, 1.5)));
    }

    @Test
    void seesAChangeInTheNewestTwoRuns() {
        assertEquals(List.of(58), places(step(noise(60, 0.01, 4), 58, 60, 1.06)));
    }

    /** From data that people sent in: six runs, then six of twice the time. */
    @Test
    void findsADoublingInTheMiddleOfTwelveRuns() {
        assertEquals(List.of(6), places(100, 101, 99, 100, 101, 99, 200, 201, 199, 200, 201, 199));
    }

    @Test
    void seesASecondChangeSoonAfterAFirst() {
        double[] series = step(step(noise(53, 0.01, 8), 40, 53, 1.1), 50, 53, 2);

        assertEquals(List.of(40, 50), places(series));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void namesTheSameRunHoweverManyHaveFollowed(int runs) {
        assertEquals(List.of(100), places(step(noise(100 + runs, 0.01, 9), 100, 100 + runs, 1.1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void tellsAnEpisodeApartFromLastingChanges(int runs) {
        Findings findings = detector.find(step(noise(100, 0.01, 10), 40, 40 + runs, 1.1));

        assertEquals(List.of(), findings.changes());
        Episode episode = findings.episodes().getFirst();
        assertEquals(40, episode.from());
        assertEquals(40 + runs, episode.to());
        assertEquals(0.1, episode.change(), 0.02);
        assertEquals(runs == 3 ? "spike" : "episode", episode.word());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11})
    void claimsNothingOfShortSeries(int runs) {
        double[] series = new double[runs];
        Arrays.fill(series, runs / 2, runs, 100);
        Arrays.fill(series, 0, runs / 2, 1);

        assertEquals(List.of(), places(series));
    }

    @Test
    void worksWithoutAnyNoiseAndFromZero() {
        double[] series = new double[40];
        assertEquals(List.of(), places(series));

        Arrays.fill(series, 20, 40, 16);
        List<ChangePoint> changes = detector.detect(series);

        assertEquals(20, changes.getFirst().index());
        assertEquals(Double.POSITIVE_INFINITY, changes.getFirst().change());
    }

    @Test
    void answersTheSameAgain() {
        double[] series = step(noise(100, 0.02, 6), 70, 100, 1.02);

        assertEquals(detector.detect(series), new ChangePointDetector(1).detect(series.clone()));
    }

    /** A change of unit multiplies every value and must change nothing but the levels. */
    @Test
    void doesNotDependOnTheUnit() {
        double[] series = step(noise(100, 0.01, 7), 30, 100, 0.9);

        assertEquals(places(series), places(Arrays.stream(series).map(v -> v * 1e-9).toArray()));
    }

    /** Up and down by chance, with a level between the two: ten ordinary steps, no modes. */
    @Test
    void keepsStepsThatReturnAndOneBetweenThem() {
        double[] series = noise(1000, 0.01, 11);
        List<Integer> places = List.of(77, 140, 190, 235, 314, 368, 400, 638, 740, 779);
        double[] factors = {1.05, 1.05, 1 / 1.05, 1 / 1.05, 1.05, 1 / 1.05, 1.05, 1.05, 1 / 1.05, 1 / 1.05};
        for (int i = 0; i < factors.length; i++) {
            series = step(series, places.get(i), 1000, factors[i]);
        }

        List<Integer> found = places(series);

        assertEquals(places.size(), found.size(), found::toString);
        for (int i = 0; i < factors.length; i++) {
            assertEquals(places.get(i), found.get(i), 2, found::toString);
        }
    }

    /** Two modes in turns are noise, but what slows both down is a change. */
    @Test
    void tellsAChangeThatBothModesShare() {
        double[] series = noise(200, 0.005, 12);
        int[] switches = {9, 31, 42, 50, 71, 77, 90, 112, 118, 131, 150, 156, 170, 189};
        for (int i = 0; i < switches.length; i += 2) {
            series = step(series, switches[i], switches[i + 1], 1.2);
        }

        assertEquals(List.of(), places(series));
        assertEquals(List.of(100), places(step(series, 100, 200, 1.05)));
    }
}

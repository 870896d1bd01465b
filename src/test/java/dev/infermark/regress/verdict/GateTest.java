package dev.infermark.regress.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.select.Comparison;
import dev.infermark.regress.statistics.ErrorControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final List<Double> BASE = List.of(100.0, 101.0, 99.0, 100.5, 99.5);

    private static List<Double> times(double factor) {
        return BASE.stream().map(v -> v * factor).toList();
    }

    private static Judgement judge(Direction direction, List<Double> a, List<Double> b) {
        return Gate.judge(List.of(new Comparison("b", "x", direction, a, b)), GateRule.DEFAULT)
                .getFirst();
    }

    private static Verdict verdict(List<Double> a, List<Double> b) {
        return judge(Direction.LOWER, a, b).verdict();
    }

    @Test
    void callsMoreTimeARegressionAndMoreThroughputAnImprovement() {
        assertInstanceOf(Verdict.Regressed.class, verdict(BASE, times(1.1)));
        assertInstanceOf(Verdict.Improved.class, verdict(BASE, times(0.9)));
        assertInstanceOf(
                Verdict.Improved.class, judge(Direction.HIGHER, BASE, times(1.1)).verdict());
        assertInstanceOf(
                Verdict.Regressed.class, judge(Direction.HIGHER, BASE, times(0.9)).verdict());
    }

    @Test
    void callsAChangeWithinTheThresholdUnchanged() {
        assertInstanceOf(Verdict.Unchanged.class, verdict(BASE, times(1.02)));
    }

    @Test
    void isInconclusiveWhereNoiseHidesTheAnswerAndNamesTheForksNeeded() {
        Verdict verdict = verdict(List.of(100.0, 120.0, 80.0, 110.0, 95.0), List.of(115.0, 90.0, 125.0, 100.0, 130.0));

        Verdict.Inconclusive open = assertInstanceOf(Verdict.Inconclusive.class, verdict);
        assertTrue(open.forksNeeded().orElse(0) > 5, open::toString);
    }

    @Test
    void isInconclusiveWithOneForkOrWithZeros() {
        assertInstanceOf(Verdict.Inconclusive.class, verdict(List.of(100.0), times(1.5)));
        assertInstanceOf(Verdict.Inconclusive.class, verdict(List.of(0.0, 0.0), List.of(1.0, 1.0)));
    }

    /** The same evidence weighs less among a hundred benchmarks than alone. */
    @Test
    void asksForMoreEvidenceInALargeSuite() {
        List<Double> a = List.of(100.0, 104.0, 96.0, 102.0, 98.0);
        List<Double> b = a.stream().map(v -> v * 1.15).toList();
        List<Comparison> suite =
                new ArrayList<>(Collections.nCopies(99, new Comparison("same", "x", Direction.LOWER, BASE, BASE)));
        suite.add(new Comparison("slower", "x", Direction.LOWER, a, b));

        assertInstanceOf(Verdict.Regressed.class, verdict(a, b));
        assertInstanceOf(
                Verdict.Inconclusive.class,
                Gate.judge(suite, GateRule.DEFAULT).getLast().verdict());
    }

    @Test
    void doesNotTakeOneSlowForkForARegressionButFlagsIt() {
        Judgement judgement =
                judge(Direction.LOWER, BASE, List.of(100.0, 101.0, 99.0, 100.5, 300.0));

        assertInstanceOf(Verdict.Inconclusive.class, judgement.verdict());
        assertEquals(List.of("candidate fork 5: +198.5 %"), judgement.outliers());
    }

    @Test
    void takesUnequalNumbersOfForks() {
        assertInstanceOf(Verdict.Regressed.class, verdict(BASE, times(1.1).subList(0, 4)));
    }

    @Test
    void refusesThresholdsAndLevelsThatAreNoShares() {
        for (double bad : new double[] {0, -1, 5, Double.NaN}) {
            assertThrows(UserError.class, () -> new GateRule(bad, 0.005, ErrorControl.BH));
            assertThrows(UserError.class, () -> new GateRule(0.05, bad, ErrorControl.BH));
        }
    }

    /** Ten percent more is called in either order of forks, and the mirror image gives the mirrored verdict. */
    @Test
    void doesNotDependOnTheOrderOfForks() {
        List<Double> reversed = new ArrayList<>(times(1.1));
        Collections.reverse(reversed);

        assertEquals(verdict(BASE, times(1.1)), verdict(BASE, reversed));
        assertEquals(
                Arrays.asList("regressed", "improved"),
                List.of(verdict(BASE, times(1.1)).word(), verdict(times(1.1), BASE).word()));
    }
}

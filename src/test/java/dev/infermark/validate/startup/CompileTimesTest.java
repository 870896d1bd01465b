package dev.infermark.validate.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Generation;
import dev.infermark.runtime.compiled.CompileTime;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompileTimesTest {
    @Test
    void theCurveOfThisReleaseIsTheOneThroughThePublishedTimes() {
        assertEquals(CompileTimes.fit(CompileTimes.published()), CompileTime.builtIn());
    }

    @Test
    void fourOfFiveTimesAreForeseenFromTheOthersWithinAFactorOfTwo() {
        double share = CompileTimes.shareWithin(2, CompileTimes.leaveOneOut(CompileTimes.published()));
        assertTrue(share >= 0.8, () -> share + " are within a factor of two");
    }

    @Test
    void aCurveIsFoundThroughTimesThatLieOnOne() {
        List<PublishedCompilation> onACurve = IntStream.rangeClosed(1, 9)
                .mapToObj(size -> published(size, 100 * Math.sqrt(size)))
                .toList();
        assertEquals(new CompileTime(100, 0.5, 1), CompileTimes.fit(onACurve));
        assertEquals(200, CompileTimes.fit(onACurve).seconds(4e9), 1e-9);
    }

    @Test
    void anEstimateDoesNotKnowTheTimeItIsComparedWith() {
        List<PublishedCompilation> times = List.of(published(1, 10), published(2, 20), published(4, 80));
        assertEquals(40, CompileTimes.leaveOneOut(times).getLast().seconds(), 0.1);
    }

    @Test
    void nothingIsSaidOfTheCompilerOfInf1() {
        assertEquals(OptionalDouble.empty(), CompileTime.builtIn().seconds(Generation.NEURONCORE_V1, 1_000_000_000L));
    }

    private static PublishedCompilation published(double billions, double seconds) {
        return new PublishedCompilation(
                "model",
                BigDecimal.valueOf(billions),
                "trn1.32xlarge",
                1,
                1,
                128,
                BigDecimal.valueOf(seconds),
                "made up");
    }
}

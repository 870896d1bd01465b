package dev.infermark.validate.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.deploy.uncertainty.Maturity;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private static final Chip V2 = Catalog.builtIn().chip("inferentia2");
    private static final Chip V1 = Catalog.builtIn().chip("inferentia1");
    private static final Chip TRAINIUM = Catalog.builtIn().chip("trainium1");
    private static final SdkVersion EARLY = new SdkVersion(2, 13);
    private static final SdkVersion MATURE = new SdkVersion(2, 14);
    private static final Intervals GIVEN = new Intervals(Map.of(
            V2.core().generation(),
            Map.of(
                    V2.name(),
                    Map.of(
                            Maturity.MATURE, Map.of(OperatorMix.SHORT_ATTENTION, 0.06, OperatorMix.CONVOLUTIONS, 0.12),
                            Maturity.EARLY, Map.of(OperatorMix.SHORT_ATTENTION, 0.18)),
                    TRAINIUM.name(),
                    Map.of(Maturity.MATURE, Map.of(OperatorMix.SHORT_ATTENTION, 0.1)))));

    @Test
    void takesTheWidestOfTheMix() {
        assertEquals(0.06, width(MATURE, OperatorMix.SHORT_ATTENTION));
        assertEquals(0.12, width(MATURE, OperatorMix.SHORT_ATTENTION, OperatorMix.CONVOLUTIONS));
    }

    @Test
    void takesWhatWasNotMeasuredOnAChipFromTheOthersOfItsGeneration() {
        assertEquals(0.1, GIVEN.of(TRAINIUM, Set.of(OperatorMix.SHORT_ATTENTION), MATURE).halfWidth());
        assertEquals(0.12, GIVEN.of(TRAINIUM, Set.of(OperatorMix.CONVOLUTIONS), MATURE).halfWidth());
        assertEquals(0.18, GIVEN.of(TRAINIUM, Set.of(OperatorMix.SHORT_ATTENTION), EARLY).halfWidth());
    }

    @Test
    void dependsOnWhetherTheReleaseIsMature() {
        assertEquals(0.18, width(EARLY, OperatorMix.SHORT_ATTENTION));
        assertEquals(0.06, width(SdkVersion.NEWEST, OperatorMix.SHORT_ATTENTION));
    }

    @Test
    void takesTheWidestOfTheReleasesForAMixThatWasNeverMeasured() {
        assertEquals(0.12, width(MATURE, OperatorMix.LARGE_OUTPUTS));
        assertEquals(0.18, width(EARLY, OperatorMix.LARGE_OUTPUTS));
    }

    @Test
    void takesTheWidestOfTheCoreWhereNoReleaseOfTheMaturityWasMeasured() {
        Intervals mature = new Intervals(Map.of(
                V2.core().generation(),
                Map.of(V2.name(), Map.of(Maturity.MATURE, Map.of(OperatorMix.CONVOLUTIONS, 0.12)))));
        assertEquals(0.12, mature.of(V2, Set.of(OperatorMix.SHORT_ATTENTION), EARLY).halfWidth());
    }

    @Test
    void refusesACoreThatWasNeverMeasured() {
        assertThrows(UserError.class, () -> GIVEN.of(V1, Set.of(OperatorMix.CONVOLUTIONS), MATURE));
    }

    @Test
    void countsReleasesOfEachCompilerApart() {
        assertEquals(Maturity.EARLY, Maturity.of(V1.core().generation(), new SdkVersion(1, 15)));
        assertEquals(Maturity.MATURE, Maturity.of(V1.core().generation(), new SdkVersion(1, 16)));
        assertEquals(Maturity.EARLY, Maturity.of(V2.core().generation(), new SdkVersion(2, 13)));
        assertEquals(Maturity.MATURE, Maturity.of(V2.core().generation(), new SdkVersion(2, 14)));
    }

    @Test
    void givesAFewRowsTheirLargestErrorOrTheWidestOfTheOthers() {
        // Eight albert rows of early releases are too few for a quantile; their largest error is the width.
        List<Answer> early = answers("albert").stream()
                .filter(answer -> answer.subject().chip().equals(V2))
                .filter(answer -> !answer.subject().scenario().deployment().sdk().isAtLeast(MATURE))
                .toList();
        assertEquals(8, early.size());
        double largest = early.stream()
                .mapToDouble(answer -> Math.abs(Math.log(
                        Quantity.LATENCY.published(answer.measurement()).orElseThrow()
                                / Quantity.LATENCY.modelled(answer.prediction()))))
                .max()
                .orElseThrow();
        assertEquals(
                Math.max(0.06, largest),
                UnseenErrors.intervals(early).of(V2, Set.of(OperatorMix.SHORT_ATTENTION), EARLY).halfWidth());
    }

    private static double width(SdkVersion sdk, OperatorMix... mix) {
        return GIVEN.of(V2, Set.of(mix), sdk).halfWidth();
    }

    private static List<Answer> answers(String family) {
        List<Subject> subjects = Subjects.of(
                        MeasurementFile.builtIn().stream()
                                .filter(row -> row.setup().family().equals(family))
                                .toList(),
                        Catalog.builtIn())
                .accepted();
        Quoter quoter = Quoter.builtIn();
        return subjects.stream()
                .map(subject -> new Answer(subject, subject.predict(quoter)))
                .toList();
    }

    @Test
    void callsASmallDifferenceNoise() {
        Interval interval = new Interval(Math.log(1.1));
        assertTrue(interval.contains(100, 109));
        assertTrue(interval.contains(100, 91));
        assertFalse(interval.contains(100, 111));
        assertFalse(interval.contains(100, 90));
    }

    @Test
    void neverPromisesMoreThanTheDriftBetweenReleases() {
        Intervals intervals = UnseenErrors.intervals(answers("albert"));
        assertTrue(intervals.of(V2, Set.of(OperatorMix.SHORT_ATTENTION), MATURE).halfWidth() >= 0.06);
    }

    @Test
    void tellsTheMixOfANetwork() {
        assertEquals(
                Set.of(OperatorMix.SHORT_ATTENTION),
                OperatorMix.of(Models.find("bert-base-uncased").graph(Workload.ofBatch(1).withSequenceLength(128))));
        assertEquals(
                Set.of(OperatorMix.LONG_ATTENTION),
                OperatorMix.of(Models.find("bert-base-uncased").graph(Workload.ofBatch(1).withSequenceLength(129))));
        assertEquals(
                Set.of(OperatorMix.CONVOLUTIONS),
                OperatorMix.of(Models.find("resnet50").graph(Workload.ofBatch(1))));
        assertEquals(
                Set.of(OperatorMix.SHORT_ATTENTION, OperatorMix.LARGE_OUTPUTS),
                OperatorMix.of(Models.find("xlm-roberta-base").graph(Workload.ofBatch(1).withSequenceLength(128))));
    }

    @Test
    void tellsTowersByTheirInputs() {
        Set<OperatorMix> mix = OperatorMix.of(
                Models.find("clip-vit-base-patch32").graph(Workload.ofBatch(1).withPrompts(100).withSequenceLength(9)));
        assertEquals(Set.of(OperatorMix.SHORT_ATTENTION, OperatorMix.CAUSAL_ATTENTION, OperatorMix.TOWERS), mix);
    }
}

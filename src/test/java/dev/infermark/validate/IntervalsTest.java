package dev.infermark.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Predictor;
import dev.infermark.hardware.Catalog;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibrations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private static final Intervals TWO = new Intervals(
            Map.of("core", Map.of(OperatorMix.SHORT_ATTENTION, 0.06, OperatorMix.CONVOLUTIONS, 0.12)));

    @Test
    void takesTheWidestOfTheMix() {
        assertEquals(0.06, TWO.of("core", Set.of(OperatorMix.SHORT_ATTENTION)).halfWidth());
        assertEquals(
                0.12,
                TWO.of("core", Set.of(OperatorMix.SHORT_ATTENTION, OperatorMix.CONVOLUTIONS)).halfWidth());
    }

    @Test
    void takesTheWidestOfAllForAMixThatWasNeverMeasured() {
        assertEquals(0.12, TWO.of("core", Set.of(OperatorMix.LARGE_OUTPUTS)).halfWidth());
    }

    @Test
    void refusesACoreThatWasNeverMeasured() {
        assertThrows(UserError.class, () -> TWO.of("other", Set.of(OperatorMix.CONVOLUTIONS)));
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
        List<Subject> subjects = Subjects.of(
                        MeasurementFile.builtIn().stream()
                                .filter(row -> row.setup().family().equals("albert"))
                                .toList(),
                        Catalog.builtIn())
                .accepted();
        Predictor predictor = new Predictor(Calibrations.builtIn());
        Intervals intervals = Intervals.of(subjects.stream()
                .map(subject -> new Answer(subject, subject.predict(predictor)))
                .toList());
        assertTrue(intervals.of("neuroncore-v2", Set.of(OperatorMix.SHORT_ATTENTION)).halfWidth() >= 0.06);
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
}

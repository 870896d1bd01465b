package dev.infermark.validate.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Median;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailFitTest {
    private static final List<Subject> SUBJECTS =
            Subjects.of(MeasurementFile.builtIn(), Catalog.builtIn()).accepted();

    @Test
    void theRatiosOfTheReleaseAreThoseOfThePublishedRows() {
        assertEquals(Tails.builtIn(), TailFit.of(SUBJECTS));
    }

    @Test
    void classesAreForeseenFromOtherFamiliesWithinThreePercentInTheMedian() {
        double[] errors = TailFit.errors(SUBJECTS).stream()
                .flatMap(of -> java.util.Collections.nCopies(of.rows(), of.medianError()).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertTrue(Median.of(errors) <= 0.033, () -> "median over rows of class errors " + Median.of(errors));
    }
}

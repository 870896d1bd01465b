package dev.infermark.validate.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Median;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.scenario.Subjects;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TailFitTest {
    private static final TailFit FIT = TailFit.of(
            Subjects.of(MeasurementFile.builtIn(), Catalog.builtIn()).accepted(), Quoter.builtIn());

    @Test
    void theSpreadsOfTheReleaseAreThoseFittedAnew() {
        assertEquals(FIT.tails(), Tails.builtIn(), "run infermark tails --out");
    }

    @Test
    void classesAreForeseenFromOtherFamiliesWithinTwoPercentInTheMedian() {
        double[] errors = FIT.errors().stream()
                .flatMap(of -> Collections.nCopies(of.rows(), of.medianError()).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertTrue(Median.of(errors) <= 0.02, () -> "median over rows of class errors " + Median.of(errors));
    }
}

package dev.infermark.validate.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibratorTest {
    private static final Set<String> NAMES = Set.of("streamBytesPerSecond", "tensorSlowdown", "callSeconds");

    private static final Parameters PARAMETERS = new Parameters(Parameters.builtIn().of(Set.of("inf2")).list().stream()
            .filter(each -> NAMES.contains(each.name()) && !each.owner().startsWith("SDK"))
            .toList());

    private static final List<Subject> SUBJECTS = Subjects.of(
                    MeasurementFile.builtIn().stream()
                            .filter(row -> Set.of("distilbert", "roberta").contains(row.setup().family()))
                            .filter(row -> row.setup().device().equals("inf2"))
                            .toList(),
                    Catalog.builtIn())
            .accepted();

    /** The same rows as if the model with these parameters had been measured. */
    private static CalibrationSet synthetic(Calibrations truth) {
        return CalibrationSet.of(
                SUBJECTS.stream().map(subject -> measured(subject, truth)).toList(), truth);
    }

    private static Subject measured(Subject subject, Calibrations truth) {
        Prediction prediction = subject.predict(Quoter.of(truth));
        Measurement row = subject.measurement();
        var figures = new Measurement.Figures(
                OptionalDouble.of(prediction.throughput()),
                "inf/s",
                OptionalDouble.of(1e3 * prediction.latencySeconds()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        return new Subject(
                new Measurement(row.id(), row.setup(), figures, row.origin()),
                subject.scenario(),
                subject.network());
    }

    @Test
    void recoversTheParametersThatSyntheticMeasurementsWereMadeWith() {
        // The array is so fast that one sequence is bound by its weights; else nothing told their rate.
        double[] truth = {260e9, 1.5, 1.6e-4};
        Calibrations made = PARAMETERS.with(Calibrations.builtIn(), truth);
        Fit fit = new Calibrator(PARAMETERS, _ -> {}).fit(synthetic(made), Calibrations.builtIn());
        for (int i = 0; i < truth.length; i++) {
            // The weak pull towards the starts moves a value by far less than this share.
            assertEquals(1, fit.parameters().get(i).value() / truth[i], 0.02, PARAMETERS.list().get(i).name());
            assertTrue(fit.parameters().get(i).lower() < fit.parameters().get(i).value());
            assertTrue(fit.parameters().get(i).value() < fit.parameters().get(i).upper());
        }
    }

    @Test
    void givesTheSameBytesTwice() {
        CalibrationSet set = CalibrationSet.of(SUBJECTS, Calibrations.builtIn());
        Calibrator calibrator = new Calibrator(PARAMETERS, _ -> {});
        assertEquals(
                calibrator.fit(set, Calibrations.builtIn()).calibrations().json(),
                calibrator.fit(set, Calibrations.builtIn()).calibrations().json());
    }

    @Test
    void refusesToFitToNothing() {
        Calibrator calibrator = new Calibrator(PARAMETERS, _ -> {});
        assertThrows(UserError.class, () -> calibrator.fit(new CalibrationSet(List.of()), Calibrations.builtIn()));
    }

    @Test
    void findsEveryParameterInTheCalibrations() {
        double[] values = Parameters.builtIn().values(Calibrations.builtIn());
        assertEquals(Parameters.builtIn().list().size(), values.length);
    }

    @Test
    void keepsValuesBetweenTheirBounds() {
        for (Parameter parameter : Parameters.builtIn().list()) {
            assertEquals(1, parameter.value(parameter.coordinate(parameter.start())) / parameter.start(), 1e-9);
            assertTrue(parameter.value(-1e6) >= parameter.lower());
            assertTrue(parameter.value(1e6) <= parameter.upper() * (1 + 1e-12));
        }
    }
}

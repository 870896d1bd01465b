package dev.infermark.validate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.hardware.Catalog;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationValidationTest {
    private static final List<Measurement> ROWS = MeasurementFile.builtIn();
    private static final GenerationSubjects SUBJECTS = GenerationSubjects.of(ROWS, Catalog.builtIn());
    private static final List<GenerationSubject> TRUSTED =
            SUBJECTS.accepted().stream().filter(GenerationSubject::isTrusted).toList();
    private static final List<GenerationAnswer> ANSWERS =
            GenerationAnswer.of(TRUSTED, Calibrations.builtIn(), GenerationCalibration.builtIn());

    @Test
    void predictsEveryTrustedRowOfLaterReleasesOrSaysWhyNot() {
        assertTrue(TRUSTED.size() > 240, "rows: " + TRUSTED.size());
        assertTrue(SUBJECTS.refused().values().stream().noneMatch(String::isBlank));
        assertTrue(SUBJECTS.refused().values().stream().anyMatch(reason -> reason.contains("releases before 2.18")));
    }

    @Test
    void staysWithinSixPerCentOfTheTimePerToken() {
        assertTrue(mean(GenerationQuantity.TPOT) < 6, "mean " + mean(GenerationQuantity.TPOT));
        assertTrue(mean(GenerationQuantity.THROUGHPUT) < 6, "mean " + mean(GenerationQuantity.THROUGHPUT));
    }

    @Test
    void readsLibraryLengthAndClientsFromTheRow() {
        GenerationSubject server = subject("TGI on Transformers NeuronX", 1);
        assertEquals(GenerationRuntime.OPTIMUM_NEURON, server.scenario().runtime());
        assertEquals(1, server.scenario().request().active());
        assertEquals(4096, server.scenario().request().compiledTokens());
        assertEquals(
                GenerationRuntime.NEURONX_DISTRIBUTED,
                subject("NeuronX Distributed", 1).scenario().runtime());
    }

    @Test
    void fitsTheParametersAgain() {
        List<GenerationSubject> some = TRUSTED.stream()
                .filter(each -> each.scenario().runtime() == GenerationRuntime.TRANSFORMERS_NEURONX)
                .toList();
        GenerationCalibration fitted = new GenerationFit(Calibrations.builtIn()).fit(some);
        assertTrue(fitted.allReduceSeconds() > 2e-5 && fitted.allReduceSeconds() < 7e-5, fitted.toString());
    }

    private static double mean(GenerationQuantity quantity) {
        return ANSWERS.stream()
                .flatMapToDouble(each -> each.errorPercent(quantity).stream())
                .map(Math::abs)
                .average()
                .orElseThrow();
    }

    private static GenerationSubject subject(String framework, int workers) {
        return TRUSTED.stream()
                .filter(each -> each.measurement().setup().framework().equals(framework))
                .filter(each -> each.measurement().setup().workersPerModel().orElse(0) == workers)
                .findFirst()
                .orElseThrow();
    }
}

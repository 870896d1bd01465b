package dev.infermark.validate.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.device.DeviceProfiles.Predicted;
import dev.infermark.validate.device.DeviceProfiles.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceProfilesTest {
    private static final Calibrations CALIBRATIONS = Calibrations.builtIn();
    private static final List<DeviceProfiles.Answer> ANSWERS =
            DeviceProfiles.take(Catalog.builtIn(), CALIBRATIONS);

    @Test
    void aStepReadsTheWeightsOfACoreAndTheWholeCache() {
        Predicted llama = predicted("Llama-2-7b-hf");
        // 32 layers of 4 · 4096² and 3 · 4096 · 11008 weights and the head, 2 bytes each, halved; 512 tokens.
        double weights = 32.0 * (4 * 4096 * 4096 + 3 * 4096 * 11008) + 32_000 * 4096;
        double cache = 32.0 * 2 * 512 * 4096 * 2;
        assertEquals((2 * weights + cache) / 2, llama.decode().readBytes());
        assertEquals(llama.published().decode().readBytes(), llama.decode().readBytes(), 0.01 * 6.75e9);
    }

    @Test
    void aPrefillOfAGroupReadsTheHiddenStateTwiceForEachSum() {
        Predicted llama = predicted("Llama-2-7b-hf");
        double weights = 32.0 * (4 * 4096 * 4096 + 3 * 4096 * 11008) + 32_000 * 4096;
        double sums = 32.0 * 2 * 512 * 4096 * 2;
        assertEquals(weights + 2 * sums, llama.prefill().readBytes());
        assertEquals(
                predicted("gemma-3-1b-it").published().prefill().readBytes(),
                predicted("gemma-3-1b-it").prefill().readBytes(),
                0.01 * 2e9,
                "a core alone sums with nobody");
    }

    @Test
    void aStepStreamsAtTheRateThatEncodersAreFittedTo() {
        double rate = CALIBRATIONS.of(Catalog.builtIn().core("neuroncore-v2").generation()).streamBytesPerSecond();
        Predicted granite = predicted("granite-3.1-8b-instruct");
        assertEquals(granite.decode().readBytes() / rate, granite.decode().seconds(), 1e-12);
        assertEquals(rate / 410e9, granite.decode().utilisation(), 1e-9);
    }

    @Test
    void tellsGroupedQueriesByTheirHeads() {
        assertTrue(predicted("granite-3.1-8b-instruct").published().groupsQueries());
        assertFalse(predicted("Llama-2-7b-hf").published().groupsQueries());
    }

    @Test
    void refusesMixturesAndRecurrentModels() {
        List<String> refused = ANSWERS.stream()
                .filter(Refused.class::isInstance)
                .map(DeviceProfiles.Answer::model)
                .toList();
        assertEquals(
                List.of(
                        "Falcon-H1-0.5B-Instruct",
                        "Ministral-4b-instruct",
                        "Mixtral-8x7B-Instruct-v0.1",
                        "Phi-3.5-MoE-instruct",
                        "recurrentgemma-2b-it"),
                refused);
        assertEquals(26, ANSWERS.size());
    }

    @Test
    void countsErrorsByPhaseAndQuantity() {
        List<DeviceErrors> errors = DeviceErrors.of(ANSWERS);
        assertEquals(List.of(21, 13, 8, 21, 21, 21), errors.stream().map(each -> each.errors().count()).toList());
        assertTrue(errors.get(4).errors().mean() < 0.005, "bytes of decoding");
    }

    private static Predicted predicted(String model) {
        return ANSWERS.stream()
                .filter(Predicted.class::isInstance)
                .map(Predicted.class::cast)
                .filter(answer -> answer.model().equals(model))
                .findFirst()
                .orElseThrow();
    }
}

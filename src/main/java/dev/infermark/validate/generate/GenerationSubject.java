package dev.infermark.validate.generate;

import dev.infermark.validate.measurement.Measurement;

/**
 * A measurement of text generation that can be predicted.
 *
 * @param measurement the row
 * @param scenario the row in the terms of the model
 */
public record GenerationSubject(Measurement measurement, GenerationScenario scenario) {

    /** Whether the row may be fitted to and scored on. */
    public boolean isTrusted() {
        return measurement.origin().isTrusted();
    }

    /** Whether the network has an encoder before its decoder. */
    public boolean isEncoderDecoder() {
        return scenario.shape().hasEncoder();
    }

    /** Whether its time to the first token is out of line: early releases at batch 4 and more, or very long prompts. */
    public boolean hasOddFirstToken() {
        long input = scenario.request().inputTokens();
        boolean isEarly = scenario.sdk().minor() <= 18 && scenario.sdk().patch() == 0;
        return (isEarly && scenario.request().batch() >= 4 && input >= 4096) || input > 10_000;
    }
}

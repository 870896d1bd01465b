package dev.infermark.validate.startup;

import java.math.BigDecimal;

/**
 * A compilation whose time was published.
 *
 * @param model name of the model
 * @param parameters learned parameters in billions, as the model's card has them
 * @param instance where it was compiled for
 * @param tensorParallel cores that share the model
 * @param batch sequences of a call
 * @param sequenceLength tokens of a sequence
 * @param seconds as published
 * @param source where
 */
public record PublishedCompilation(
        String model,
        BigDecimal parameters,
        String instance,
        int tensorParallel,
        long batch,
        long sequenceLength,
        BigDecimal seconds,
        String source) {
    private static final double BILLION = 1e9;

    /** Learned parameters. */
    double count() {
        return parameters.doubleValue() * BILLION;
    }
}

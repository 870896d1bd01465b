package dev.infermark.validate.measurement;

import dev.infermark.deploy.Prediction;
import java.util.OptionalDouble;

/** What is both published and modelled. */
public enum Quantity {
    /** Median time of a call in milliseconds. */
    LATENCY,
    /** Sequences or images per second. */
    THROUGHPUT;

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The modelled value. */
    public double modelled(Prediction prediction) {
        return switch (this) {
            case LATENCY -> 1e3 * prediction.latencySeconds();
            case THROUGHPUT -> prediction.throughput();
        };
    }

    /** The published value. */
    public OptionalDouble published(Measurement row) {
        return switch (this) {
            case LATENCY -> row.figures().latencyP50Millis();
            case THROUGHPUT -> row.figures().throughput();
        };
    }
}

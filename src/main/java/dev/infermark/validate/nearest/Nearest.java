package dev.infermark.validate.nearest;

import dev.infermark.validate.measurement.Measurement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The measurement that is most like a prediction.
 *
 * @param measurement the row
 * @param inputs where each input of the prediction lies, in the order in which people give them
 */
public record Nearest(Measurement measurement, Map<Input, Position> inputs) {

    /** What a prediction depends on. */
    public enum Input {
        /** The network. */
        MODEL,
        /** Sequences or images of a call. */
        BATCH,
        /** Tokens of a sequence or prompt. */
        LENGTH,
        /** Release of the SDK. */
        SDK,
        /** The machine. */
        INSTANCE
    }

    /** Copies the map. */
    public Nearest {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
}

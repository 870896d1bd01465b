package dev.infermark.deploy.generate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the first token or a step after it takes its time for. */
public enum Cause {
    /** Streaming weights from device memory, or computing with them where that takes longer. */
    WEIGHTS,
    /** Streaming the keys and values of earlier tokens. */
    CACHE,
    /** Matmuls and softmax of attention, and what else the lanes do, as far as exposed. */
    ATTENTION,
    /** Exchanges among the cores. */
    COLLECTIVES,
    /** Ranking the scores of all words on the cores; handing them to the host and choosing there. */
    SAMPLING,
    /** The host: the call, and the loop around it. */
    HOST,
    /** What is fitted for the first call of a request where chips form a ring or a chain; no step has it. */
    RING;

    /** The causes that a step after the first token can have. */
    public static List<Cause> ofSteps() {
        return Stream.of(values()).filter(cause -> cause != RING).toList();
    }

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.infermark.deploy.generate;

import java.util.Locale;

/** What a step of generation takes its time for. */
public enum Cause {
    /** Streaming weights from device memory, or computing with them where that takes longer. */
    WEIGHTS,
    /** Streaming the keys and values of earlier tokens. */
    CACHE,
    /** Matmuls and softmax of attention, and what else the lanes do, as far as exposed. */
    ATTENTION,
    /** Exchanges among the cores. */
    COLLECTIVES,
    /** The host: the call, scores of words, sampling. */
    HOST;

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

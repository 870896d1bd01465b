package dev.infermark.runtime.continuous;

import java.util.Locale;

/** When waiting requests take the places of a batch. */
public enum Joining {
    /**
     * As soon as a place is free: the prompt is prefilled alone before the next step, and all others stand still
     * meanwhile. So do vLLM's scheduler, which prefers prefill to decoding, and NeuronX Distributed Inference, which
     * prefills one prompt at a time.
     */
    CONTINUOUS,
    /** When the whole batch is done: the prompts that wait then are prefilled together, padded to the longest. */
    STATIC;

    /** The name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

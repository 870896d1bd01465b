package dev.infermark.serve.metrics;

import java.util.Locale;

/** What device memory of a NeuronCore holds, as neuron-monitor breaks it down. */
public enum MemoryClass {
    /** Weights. */
    CONSTANTS,
    /** Compiled programs. */
    MODEL_CODE,
    /** Activations that do not fit on the chip. */
    MODEL_SHARED_SCRATCHPAD,
    /** What the runtime takes for itself. */
    RUNTIME_MEMORY,
    /** Inputs, outputs, and keys and values. */
    TENSORS;

    /** The name in files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

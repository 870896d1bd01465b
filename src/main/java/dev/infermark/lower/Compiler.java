package dev.infermark.lower;

import dev.infermark.hardware.Generation;

/** The compilers of the two generations, where what they do to a network differs. */
public enum Compiler {
    /** For NeuronCore-v1. */
    NEURON_CC,
    /** For NeuronCore-v2. */
    NEURONX_CC;

    /** The compiler of a generation. */
    public static Compiler of(Generation generation) {
        return switch (generation) {
            case NEURONCORE_V1 -> NEURON_CC;
            case NEURONCORE_V2 -> NEURONX_CC;
        };
    }

    /** Which operators of an FP32 checkpoint are cast unless the user says otherwise. */
    public AutoCast defaultAutoCast() {
        return switch (this) {
            case NEURON_CC -> AutoCast.ALL;
            case NEURONX_CC -> AutoCast.MATMULT;
        };
    }

    /** Whether a convolution with few input channels has the pixels of a window's row side by side. */
    boolean packsRows(long stride) {
        return switch (this) {
            case NEURON_CC -> true;
            case NEURONX_CC -> stride == 1;
        };
    }

    /** Whether masked scores of more keys than the array has rows make a round trip through device memory. */
    boolean spillsMaskedScores() {
        return this == NEURONX_CC;
    }

    /** Whether early releases moved the scores of more keys than the array has rows through device memory. */
    boolean movedScoresEarly() {
        return this == NEURONX_CC;
    }

    /** Whether a mask that is expanded over heads and queries is read from device memory beside the scores. */
    boolean storesExpandedMasks() {
        return this == NEURON_CC;
    }

    /** Whether embedding lookups are left to the host's CPU. */
    boolean looksUpOnHost() {
        return this == NEURON_CC;
    }
}

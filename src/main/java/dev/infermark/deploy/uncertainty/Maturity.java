package dev.infermark.deploy.uncertainty;

import dev.infermark.hardware.Generation;
import dev.infermark.lower.SdkVersion;

/** Whether a release of the SDK is one of those that agree with each other within their noise. */
public enum Maturity {
    /** Before that, when releases differed by more. */
    EARLY,
    /** From then on to the newest. */
    MATURE;

    /** The release from which the neuronx compiler's tables agree within their noise. */
    private static final SdkVersion NEURONX = new SdkVersion(2, 14);

    /** The first release with the runtime that Inf1 has had since. */
    private static final SdkVersion NEURON = new SdkVersion(1, 16);

    /** What a release is for a generation. */
    public static Maturity of(Generation generation, SdkVersion sdk) {
        SdkVersion first = switch (generation) {
            case NEURONCORE_V1 -> NEURON;
            case NEURONCORE_V2 -> NEURONX;
        };
        return sdk.isAtLeast(first) ? MATURE : EARLY;
    }
}

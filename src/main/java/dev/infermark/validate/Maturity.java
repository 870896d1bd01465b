package dev.infermark.validate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Compiler;
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

    /** What a release is for a core. */
    public static Maturity of(NeuronCore core, SdkVersion sdk) {
        return of(Compiler.of(core), sdk);
    }

    /** What a release is for the device of a row. */
    static Maturity of(String device, SdkVersion sdk) {
        return of(device.equals("inf1") ? Compiler.NEURON_CC : Compiler.NEURONX_CC, sdk);
    }

    private static Maturity of(Compiler compiler, SdkVersion sdk) {
        SdkVersion first = switch (compiler) {
            case NEURON_CC -> NEURON;
            case NEURONX_CC -> NEURONX;
        };
        return sdk.isAtLeast(first) ? MATURE : EARLY;
    }
}

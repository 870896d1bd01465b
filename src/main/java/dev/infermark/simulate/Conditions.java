package dev.infermark.simulate;

import dev.infermark.lower.SdkVersion;

/**
 * What surrounds a run on one core.
 *
 * @param busyCores cores of the same chip that are busy, this one included
 * @param sdk release of the Neuron SDK that compiled the program
 */
public record Conditions(int busyCores, SdkVersion sdk) {

    /** One busy core and the newest release. */
    public static final Conditions ALONE = new Conditions(1, SdkVersion.NEWEST);
}

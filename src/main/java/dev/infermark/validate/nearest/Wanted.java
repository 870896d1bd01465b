package dev.infermark.validate.nearest;

import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is predicted.
 *
 * @param model name of the network
 * @param instance where it runs
 * @param coresPerCopy cores that share one copy
 * @param batch sequences or images of a call
 * @param tokens of a sequence or prompt, where it has some and they are asked for
 * @param sdk release, where it is asked for
 */
public record Wanted(
        String model,
        Instance instance,
        int coresPerCopy,
        long batch,
        OptionalLong tokens,
        Optional<SdkVersion> sdk) {

    /** The name by which measurements call the chip: the instance's family. */
    String device() {
        return instance.name().replaceFirst("\\..*", "");
    }
}

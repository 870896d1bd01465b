package dev.infermark.runtime.compiled;

import dev.infermark.base.Sha256;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.json.JsonRecords;
import java.nio.charset.StandardCharsets;

/**
 * What a network was compiled for.
 *
 * @param chip name of the chip
 * @param core name of its cores
 * @param coreSha256 SHA-256 of the figures of such a core
 */
public record Target(String chip, String core, String coreSha256) {

    /** This chip. */
    public static Target of(Chip chip) {
        return new Target(chip.name(), chip.core().name(), sum(chip.core()));
    }

    /** Refuses a chip other than the one that the network was compiled for, and one whose figures have changed. */
    void require(String model, Chip other) {
        if (!other.name().equals(chip)) {
            throw new UserError(model + " is compiled for the chip " + chip + ", not for " + other.name()
                    + "; choose an instance that has it, or compile again with --instance");
        }
        if (!equals(of(other))) {
            throw new UserError(model + " is compiled for a core " + core + " of other figures than "
                    + other.core().name() + " has here; compile again");
        }
    }

    private static String sum(NeuronCore core) {
        return Sha256.of(JsonRecords.write(core).getBytes(StandardCharsets.UTF_8));
    }
}

package dev.infermark.hardware;

import java.util.Optional;

/**
 * What the vendor's announcement of a chip prints, in its own units; the models use the figures of the architecture
 * pages instead.
 *
 * @param memoryType kind of device memory
 * @param memoryCapacity device memory of the chip
 * @param memoryBandwidth bandwidth of that memory
 * @param linkRate data rate of all NeuronLinks of the chip, absent where the announcement names none
 */
public record Announcement(
        Property memoryType, Figure memoryCapacity, Figure memoryBandwidth, Optional<Figure> linkRate) {

    /** Checks every unit. */
    public Announcement {
        memoryCapacity.requirePositive("memoryCapacity", Dimension.BYTES);
        memoryBandwidth.requirePositive("memoryBandwidth", Dimension.BYTES_PER_SECOND);
        linkRate.ifPresent(rate -> rate.requirePositive("linkRate", Dimension.BYTES_PER_SECOND));
    }
}

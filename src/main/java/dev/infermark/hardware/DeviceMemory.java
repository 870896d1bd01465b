package dev.infermark.hardware;

/**
 * The memory of a chip that all its cores share.
 *
 * @param capacity of the chip
 * @param bandwidth of the chip
 * @param corePart capacity that belongs to one core
 * @param microcode what the runtime's microcode takes of each core's part
 */
public record DeviceMemory(Figure capacity, Figure bandwidth, Figure corePart, Figure microcode) {

    /** Checks every unit. */
    public DeviceMemory {
        capacity.requirePositive("capacity", Dimension.BYTES);
        bandwidth.requirePositive("bandwidth", Dimension.BYTES_PER_SECOND);
        corePart.requirePositive("corePart", Dimension.BYTES);
        microcode.require("microcode", Dimension.BYTES);
    }

    /** Bytes of the chip. */
    public long capacityBytes() {
        return capacity.whole();
    }

    /** Bytes per second of the chip. */
    public double bytesPerSecond() {
        return bandwidth.base();
    }

    /** Bytes that belong to one core, microcode included. */
    public long coreBytes() {
        return corePart.whole();
    }

    /** Bytes of a core's part that the microcode takes. */
    public long microcodeBytes() {
        return microcode.whole();
    }
}

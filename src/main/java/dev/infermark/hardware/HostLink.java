package dev.infermark.hardware;

/**
 * The way between host memory and a chip, and what a call costs there.
 *
 * @param rate of the link
 * @param streamRate what one client reaches with outputs of a few megabytes, host copies included
 * @param largeTransferRate what all clients reach together with outputs of a hundred megabytes
 * @param largeTransferSize from which size on an output counts as large
 * @param callOverhead time of the host for each call, transfers aside
 */
public record HostLink(
        Figure rate, Figure streamRate, Figure largeTransferRate, Figure largeTransferSize, Figure callOverhead) {

    /** Checks every unit. */
    public HostLink {
        rate.requirePositive("rate", Dimension.BYTES_PER_SECOND);
        streamRate.requirePositive("streamRate", Dimension.BYTES_PER_SECOND);
        largeTransferRate.requirePositive("largeTransferRate", Dimension.BYTES_PER_SECOND);
        largeTransferSize.requirePositive("largeTransferSize", Dimension.BYTES);
        callOverhead.require("callOverhead", Dimension.TIME);
    }

    /** Bytes per second of the link. */
    public double bytesPerSecond() {
        return rate.base();
    }

    /** Bytes from which on an output counts as large. */
    public long largeTransferBytes() {
        return largeTransferSize.whole();
    }
}

package dev.infermark.hardware;

import dev.infermark.base.UserError;

/**
 * How the chips of an instance are joined.
 *
 * @param topology shape of the network
 * @param topologyKind how far the shape can be trusted
 * @param topologySource where the shape is documented, or how it was derived
 * @param chipRate data rate of all links of one chip
 * @param linkRate data rate of one link
 */
public record NeuronLink(
        Topology topology, FigureKind topologyKind, String topologySource, Figure chipRate, Figure linkRate) {

    /** Shapes of networks of chips. */
    public enum Topology {
        /** An open chain. */
        CHAIN,
        /** A closed chain. */
        RING,
        /** A square whose rows and columns are rings. */
        TORUS_2D
    }

    /** Checks every unit. */
    public NeuronLink {
        chipRate.requirePositive("chipRate", Dimension.BYTES_PER_SECOND);
        linkRate.requirePositive("linkRate", Dimension.BYTES_PER_SECOND);
        if (topologySource.isBlank()) {
            throw new UserError("'topologySource' is empty; say where the topology is documented");
        }
    }

    /** Bytes per second of all links of one chip. */
    public double chipBytesPerSecond() {
        return chipRate.base();
    }

    /** Bytes per second of one link. */
    public double linkBytesPerSecond() {
        return linkRate.base();
    }
}

package dev.infermark.simulate.collective;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronLink;
import dev.infermark.hardware.NeuronLink.Topology;

/**
 * Cores that exchange data: those of the first chips of an instance.
 *
 * @param instance where they are
 * @param ranks how many cores, 1 or more
 */
public record CollectiveGroup(Instance instance, int ranks) {

    /** Refuses more cores than there are. */
    public CollectiveGroup {
        if (ranks < 1 || ranks > instance.coreCount()) {
            throw new UserError(ranks + " ranks on " + instance.name() + ", which has " + instance.coreCount()
                    + " cores; ask for 1 to " + instance.coreCount());
        }
    }

    /** Chips that the cores are on. */
    public int chips() {
        return Math.ceilDiv(ranks, instance.chip().coreCount());
    }

    /** Whether the links close a circle through these chips, so that data go both ways around. */
    public boolean isClosed() {
        return chips() == 1 || shape() != Topology.CHAIN;
    }

    /** Whether pairs at doubling distances cover the group. */
    public boolean isPowerOfTwo() {
        return Integer.bitCount(ranks) == 1;
    }

    /** Whether only a ring over an open chain is left: neither a circle nor a power of two. */
    public boolean isOpenChain() {
        return !isClosed() && !isPowerOfTwo();
    }

    /** A part of the chips is an open chain, whatever all of them form. */
    private Topology shape() {
        return ranks == instance.coreCount()
                ? instance.link().map(NeuronLink::topology).orElse(Topology.CHAIN)
                : Topology.CHAIN;
    }

    /**
     * Bytes per second that each core can read when all cores read from all others at once: one way of the busiest
     * link carries the data of so many pairs of cores. Without limit within a chip.
     */
    double linkBytesPerSecond() {
        if (chips() == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double one = instance.link().orElseThrow().linkBytesPerSecond();
        double cores = (double) ranks / chips();
        return (ranks - 1) * one / (pairsOverBusiestLink() * cores * cores);
    }

    /** Ordered pairs of chips whose shortest way leads over the busiest link, one way. */
    private double pairsOverBusiestLink() {
        int chips = chips();
        return switch (shape()) {
            case CHAIN -> {
                int before = chips / 2;
                yield (double) before * (chips - before);
            }
            case RING -> chips * distances(chips) / (2.0 * chips);
            case TORUS_2D -> {
                int side = (int) Math.round(Math.sqrt(chips));
                yield chips * 2.0 * side * distances(side) / (4.0 * chips);
            }
        };
    }

    /** The sum of the distances from one chip of a circle to all others. */
    private static double distances(int chips) {
        return Math.floorDiv(chips * chips, 4);
    }
}

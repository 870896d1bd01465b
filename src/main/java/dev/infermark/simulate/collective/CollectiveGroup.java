package dev.infermark.simulate.collective;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronLink.Topology;
import java.util.Optional;

/**
 * Cores that exchange data: those of the first chips of an instance.
 *
 * @param instance where they are
 * @param ranks how many cores, 1 or more
 */
public record CollectiveGroup(Instance instance, int ranks) {

    /** Refuses more cores than there are, and chips without a way between cores. */
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
        Optional<Topology> topology = instance.link().map(link -> link.topology());
        boolean isWhole = ranks == instance.coreCount();
        return chips() == 1 || topology.map(shape -> shape != Topology.CHAIN && isWhole).orElse(false);
    }

    /** Whether pairs at doubling distances cover the group. */
    public boolean isPowerOfTwo() {
        return Integer.bitCount(ranks) == 1;
    }

    /** Whether only a ring over an open chain is left: neither a circle nor a power of two. */
    public boolean isOpenChain() {
        return !isClosed() && !isPowerOfTwo();
    }
}

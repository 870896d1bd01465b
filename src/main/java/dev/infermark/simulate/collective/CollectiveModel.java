package dev.infermark.simulate.collective;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Collectives;
import dev.infermark.lower.SdkVersion;

/**
 * Times of collective operations run alone, as {@code nccom-test} measures them.
 *
 * <p>The start of an exchange is a floor and the steps of its algorithm; moving is bytes on the bus over the bus rate.
 * The floor of the releases up to 2.15 holds a barrier that the host sees; later ones start on the device. Below about
 * 1 MiB all cores read from each other at once, up to 56 MiB groups of a power of two double their distance, above that
 * both directions of a circle are used; a group that forms neither goes from core to core
 * (neuron-runtime/explore/intranode-collective-comm.rst).
 */
public final class CollectiveModel {
    /** The first release whose collectives start without a barrier of the host (collectives library 2.19.7). */
    private static final SdkVersion WITHOUT_BARRIER = new SdkVersion(2, 16);

    private static final long MESH_BYTES = 1L << 20;
    private static final long DOUBLING_BYTES = 56L << 20;

    private final CollectiveGroup group;
    private final Collectives figures;
    private final SdkVersion sdk;

    /** The model of a group under a release; refuses chips that have no collective cores. */
    public CollectiveModel(CollectiveGroup group, SdkVersion sdk) {
        this.group = group;
        this.sdk = sdk;
        this.figures = group.instance()
                .chip()
                .collectives()
                .orElseThrow(() -> new UserError(group.instance().name() + " has no collective cores: "
                        + group.instance().chip().title() + " passes tensors from core to core in a pipeline only; "
                        + "use an instance of Inferentia2 or Trainium1"));
    }

    /**
     * One exchange.
     *
     * @param operation what was exchanged
     * @param algorithm how
     * @param bytes size of the tensor
     * @param seconds time of one operation
     * @param ranks cores of the group
     */
    public record Exchange(CollectiveOperation operation, Algorithm algorithm, long bytes, double seconds, int ranks) {

        /** Bytes of the tensor per second. */
        public double algorithmBytesPerSecond() {
            return bytes / seconds;
        }

        /** Bytes per second that the links carry. */
        public double busBytesPerSecond() {
            return algorithmBytesPerSecond() * operation.busFactor(ranks);
        }
    }

    /** How the library exchanges this many bytes. */
    public Algorithm algorithm(long bytes) {
        if (group.isOpenChain()) {
            return Algorithm.RING;
        }
        if (bytes <= MESH_BYTES) {
            return Algorithm.MESH;
        }
        if (bytes <= DOUBLING_BYTES && group.isPowerOfTwo()) {
            return Algorithm.RECURSIVE_DOUBLING;
        }
        return group.isClosed() ? Algorithm.HIERARCHICAL : Algorithm.RING;
    }

    /** An exchange of a tensor of this size. */
    public Exchange exchange(CollectiveOperation operation, long bytes) {
        Algorithm algorithm = algorithm(bytes);
        int hops = operation.traversals() * (algorithm.steps(group.ranks()) - 1);
        double start = floorSeconds() + hops * figures.hopLatencySeconds();
        double moving = bytes * operation.busFactor(group.ranks()) / busBytesPerSecond(algorithm);
        return new Exchange(operation, algorithm, bytes, figures.overlapped(start, moving), group.ranks());
    }

    /** With a barrier nothing gets faster than the rate of large tensors. */
    private double busBytesPerSecond(Algorithm algorithm) {
        return algorithm == Algorithm.MESH && sdk.isAtLeast(WITHOUT_BARRIER)
                ? figures.meshBytesPerSecond() / group.ranks()
                : figures.algorithmBytesPerSecond();
    }

    /** Seconds of an exchange of nothing. */
    private double floorSeconds() {
        return sdk.isAtLeast(WITHOUT_BARRIER) ? figures.laterLatencyFloor().base() : figures.latencyFloorSeconds();
    }

    /** Seconds that steps over an open chain add to each all-reduce; 0 where the group needs no such steps. */
    public double chainSeconds() {
        return group.isOpenChain() ? 2 * (group.ranks() - 1) * figures.hopLatencySeconds() : 0;
    }
}

package dev.infermark.simulate.collective;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Collectives;
import dev.infermark.lower.SdkVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Times of collective operations run alone, as {@code nccom-test} measures them.
 *
 * <p>An exchange starts and moves data. It starts in the steps of its algorithm, each of which is a trigger of the DMA
 * engines and a hop, in no less than a floor; moving is bytes on the bus over the rate of cores and links. Up to 2.15
 * the floor holds a barrier that the host sees, and data go around rings; later ones start on the device and know more
 * ways (neuron-runtime/explore/intranode-collective-comm.rst): up to 1 MiB all cores of a closed group read from each
 * other at once, up to 56 MiB groups of a power of two double their distance, and both directions of a circle are used.
 * Of those that the library has for a size the fastest is taken.
 */
public final class CollectiveModel {
    /** The first release whose collectives start without a barrier of the host (collectives library 2.19.7). */
    private static final SdkVersion WITHOUT_BARRIER = new SdkVersion(2, 16);

    private static final long MESH_BYTES = 1L << 20;
    private static final long DOUBLING_BYTES = 56L << 20;

    /** Steps of the exchange whose time is the floor with a barrier: an all-reduce of two ranks. */
    private static final int STEPS_OF_BARRIER = 2;

    private final CollectiveGroup group;
    private final Collectives figures;
    private final boolean hasBarrier;

    /** The model of a group under a release; refuses chips that have no collective cores. */
    public CollectiveModel(CollectiveGroup group, SdkVersion sdk) {
        this.group = group;
        this.hasBarrier = !sdk.isAtLeast(WITHOUT_BARRIER);
        this.figures = group.instance()
                .chip()
                .collectives()
                .orElseThrow(() -> new UserError(group.instance().name() + " has no collective cores: "
                        + group.instance().chip().title() + " passes tensors from core to core in a pipeline only; "
                        + "use an instance of Inferentia2 or Trainium1"));
        if (group.ranks() == 1) {
            throw new UserError("one rank has no other to exchange with; ask for 2 to "
                    + group.instance().coreCount() + " ranks of " + group.instance().name());
        }
        if (group.chips() > 1 && group.instance().link().isEmpty()) {
            throw new UserError(group.instance().name() + " has no links between its chips; ask for up to "
                    + group.instance().chip().coreCount() + " ranks, or give it a 'link'");
        }
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

    /** The ways in which the library exchanges a tensor of this size in this group. */
    public List<Algorithm> algorithms(CollectiveOperation operation, long bytes) {
        return switch (operation) {
            case SEND_RECEIVE -> List.of(Algorithm.DIRECT);
            case ALL_TO_ALL -> List.of(Algorithm.MESH);
            case ALL_REDUCE, ALL_GATHER, REDUCE_SCATTER -> {
                List<Algorithm> all = new ArrayList<>();
                if (!hasBarrier && group.isClosed() && bytes <= MESH_BYTES) {
                    all.add(Algorithm.MESH);
                }
                if (!hasBarrier && group.isPowerOfTwo() && bytes <= DOUBLING_BYTES) {
                    all.add(Algorithm.RECURSIVE_DOUBLING);
                }
                if (!hasBarrier && group.isClosed() && group.chips() > 1) {
                    all.add(Algorithm.HIERARCHICAL);
                }
                all.add(Algorithm.RING);
                yield List.copyOf(all);
            }
        };
    }

    /** The fastest exchange of a tensor of this size. */
    public Exchange exchange(CollectiveOperation operation, long bytes) {
        return algorithms(operation, bytes).stream()
                .map(each -> exchange(operation, each, bytes))
                .min(Comparator.comparingDouble(Exchange::seconds))
                .orElseThrow();
    }

    /** An exchange by one algorithm, which is refused where the library does not have it. */
    public Exchange exchange(CollectiveOperation operation, Algorithm algorithm, long bytes) {
        List<Algorithm> known = algorithms(operation, bytes);
        if (!known.contains(algorithm)) {
            throw new UserError(algorithm.label() + " is not used for " + operation.label() + " of " + bytes
                    + " B among " + group.ranks() + " cores of " + group.instance().name() + "; use "
                    + known.stream().map(Algorithm::label).collect(Collectors.joining(" or ")));
        }
        double start = startSeconds(operation.traversals() * algorithm.steps(group.ranks()));
        double moving = operation.busFactor(group.ranks()) * bytes / busBytesPerSecond(algorithm);
        return new Exchange(operation, algorithm, bytes, figures.overlapped(start, moving), group.ranks());
    }

    /** Seconds that moving the data of an exchange takes, by the algorithm of those for large tensors. */
    public double movingSeconds(CollectiveOperation operation, double bytes) {
        double rate = algorithms(operation, Long.MAX_VALUE).stream()
                .mapToDouble(this::busBytesPerSecond)
                .max()
                .orElseThrow();
        return operation.busFactor(group.ranks()) * bytes / rate;
    }

    private double busBytesPerSecond(Algorithm algorithm) {
        double core = figures.algorithmBytesPerSecond();
        return switch (algorithm) {
            case DIRECT -> figures.pairBytesPerSecond();
            case MESH -> Math.min(
                    Math.min(core, figures.meshBytesPerSecond() / group.ranks()), group.linkBytesPerSecond());
            case RECURSIVE_DOUBLING, HIERARCHICAL, RING -> core;
        };
    }

    /** Seconds until so many steps have begun. */
    private double startSeconds(int steps) {
        double step = figures.hopLatencySeconds()
                + group.instance().chip().core().dma().triggerLatencySeconds();
        return hasBarrier
                ? figures.latencyFloorSeconds() + Math.max(0, steps - STEPS_OF_BARRIER) * step
                : Math.max(figures.laterLatencyFloor().base(), steps * step);
    }

    /**
     * Seconds that steps over an open chain add to each all-reduce in a call; 0 where the group needs no such steps.
     * They are hops without the triggers of the DMA engines, which the fitted start of all-reduces in calls holds.
     */
    public double chainSeconds() {
        return group.isOpenChain() ? 2 * (group.ranks() - 1) * figures.hopLatencySeconds() : 0;
    }
}

package dev.infermark.simulate.collective;

import dev.infermark.hardware.Names;
import java.util.List;
import java.util.Locale;

/** An exchange among the cores of a group, as {@code nccom-test} names it. */
public enum CollectiveOperation {
    /** Every core gets the sum. */
    ALL_REDUCE(2),
    /** Every core gets the parts of all. */
    ALL_GATHER(1),
    /** Every core gets its part of the sum. */
    REDUCE_SCATTER(1),
    /** Every core gets one piece of each other's part. */
    ALL_TO_ALL(1),
    /** One core sends to another. */
    SEND_RECEIVE(0);

    private final int traversals;

    CollectiveOperation(int traversals) {
        this.traversals = traversals;
    }

    /** The operation that is called {@code name}, such as {@code all-reduce}. */
    public static CollectiveOperation named(String name) {
        return Names.find("collective operation", name, List.of(values()), CollectiveOperation::label);
    }

    /** The name on the command line. */
    public String label() {
        return this == SEND_RECEIVE ? "sendrecv" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How often the data go round the group: an all-reduce is a reduce-scatter and an all-gather. */
    public int traversals() {
        return Math.max(1, traversals);
    }

    /** Bytes that a core's links carry over the bytes of the tensor: 2(r − 1)/r, (r − 1)/r or 1. */
    public double busFactor(int ranks) {
        return traversals == 0 ? 1 : traversals * (ranks - 1.0) / ranks;
    }
}

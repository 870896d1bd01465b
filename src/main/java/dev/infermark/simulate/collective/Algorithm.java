package dev.infermark.simulate.collective;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a group exchanges data. */
public enum Algorithm {
    /** From one core straight to another. */
    DIRECT,
    /** Every core reads from every other at once: one step. */
    MESH,
    /** Pairs at doubling distances: log2 of the ranks. */
    RECURSIVE_DOUBLING,
    /** Two cores of each chip first, then the chips both ways around: half of the ranks. */
    HIERARCHICAL,
    /** From each core to the next: one step less than ranks. */
    RING;

    /** The algorithm that is called {@code name}, such as {@code recursive-doubling}. */
    public static Algorithm named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError("no algorithm " + name + "; there are "
                        + Arrays.stream(values()).map(Algorithm::label).collect(Collectors.joining(", "))));
    }

    /** The steps of one traversal by so many cores. */
    public int steps(int ranks) {
        return switch (this) {
            case DIRECT, MESH -> 1;
            case RECURSIVE_DOUBLING -> 32 - Integer.numberOfLeadingZeros(Math.max(1, ranks - 1));
            case HIERARCHICAL -> Math.max(1, ranks / 2);
            case RING -> Math.max(1, ranks - 1);
        };
    }

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

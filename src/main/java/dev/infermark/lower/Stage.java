package dev.infermark.lower;

import java.util.List;

/**
 * A part of the network within which the engines overlap: from one point at which a single activation is alive to the
 * next.
 *
 * @param name the layer that it belongs to
 * @param groups what the engines do; stages that do the same, as the equal layers of a transformer do, share one list,
 *     whose groups name the nodes of the first of them
 * @param repetitions how often it runs, one time after the other
 */
public record Stage(String name, List<InstructionGroup> groups, long repetitions) {

    /** Copies the list. */
    public Stage {
        groups = List.copyOf(groups);
        if (repetitions < 1) {
            throw new IllegalArgumentException("stage " + name + " runs " + repetitions + " times");
        }
    }

    /** A stage that runs once. */
    public Stage(String name, List<InstructionGroup> groups) {
        this(name, groups, 1);
    }
}

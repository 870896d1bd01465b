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
 * @param exchanges what its core exchanges with the others of its group
 */
public record Stage(String name, List<InstructionGroup> groups, long repetitions, List<Exchange> exchanges) {

    /** Copies the lists. */
    public Stage {
        groups = List.copyOf(groups);
        exchanges = List.copyOf(exchanges);
        if (repetitions < 1) {
            throw new IllegalArgumentException("stage " + name + " runs " + repetitions + " times");
        }
    }

    /** A stage that exchanges nothing. */
    public Stage(String name, List<InstructionGroup> groups, long repetitions) {
        this(name, groups, repetitions, List.of());
    }

    /** The same for another layer. */
    Stage named(String other) {
        return new Stage(other, groups, repetitions, exchanges);
    }

    /** A stage that runs once. */
    public Stage(String name, List<InstructionGroup> groups) {
        this(name, groups, 1);
    }
}

package dev.infermark.lower;

import java.util.List;

/**
 * A part of the network within which the engines overlap: from one point at which a single activation is alive to the
 * next.
 *
 * @param name the layer that it belongs to
 * @param groups what the engines do
 */
public record Stage(String name, List<InstructionGroup> groups) {

    /** Copies the list. */
    public Stage {
        groups = List.copyOf(groups);
    }
}

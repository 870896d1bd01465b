package dev.infermark.regress.verdict;

import dev.infermark.jmh.Direction;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What the data say about a change. */
public sealed interface Verdict {

    /** Worse, by as much as matters, beyond what chance explains. */
    record Regressed(Effect effect) implements Verdict {}

    /** Better, by as much as matters, beyond what chance explains. */
    record Improved(Effect effect) implements Verdict {}

    /** Shown to lie within the threshold. */
    record Unchanged(Effect effect) implements Verdict {}

    /**
     * The data cannot tell.
     *
     * @param doubt what kind of doubt is left
     * @param reason why, in a few words
     * @param forksNeeded forks per side that would settle it, where that can be said
     * @param effect the change as far as it is known
     */
    record Inconclusive(Doubt doubt, String reason, OptionalInt forksNeeded, Optional<Effect> effect)
            implements Verdict {}

    /** Why the data cannot tell. */
    enum Doubt {
        /** The interval excludes no change, but not clearly enough for a whole suite, or not by as much as matters. */
        LIKELY_CHANGED,
        /** The interval holds no change as well as one that matters. */
        TOO_NOISY,
        /** There is nothing to test: a single fork, or a fork of value 0. */
        UNTESTABLE;

        /** The word in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A change that chance does not explain: worse or better, by the direction of the value. */
    static Verdict changed(Effect effect, Direction direction) {
        return direction.isWorse(effect.change()) ? new Regressed(effect) : new Improved(effect);
    }

    /** The verdict's word in tables and files. */
    default String word() {
        return switch (this) {
            case Regressed _ -> "regressed";
            case Improved _ -> "improved";
            case Unchanged _ -> "unchanged";
            case Inconclusive _ -> "inconclusive";
        };
    }

    /** The size of the change, where there is one. */
    default Optional<Effect> size() {
        return switch (this) {
            case Regressed(Effect effect) -> Optional.of(effect);
            case Improved(Effect effect) -> Optional.of(effect);
            case Unchanged(Effect effect) -> Optional.of(effect);
            case Inconclusive(_, _, _, Optional<Effect> effect) -> effect;
        };
    }
}

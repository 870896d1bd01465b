package dev.infermark.regress.detect;

/**
 * A few runs that left the level of their neighbours and came back.
 *
 * @param from the first of them
 * @param to the first run after them
 * @param level the level around them
 * @param during the level of these runs
 * @param change (during − level) / level
 * @param p chance, at most, that a series without any episode shows one as clear as this
 */
public record Episode(int from, int to, double level, double during, double change, double p) {
    private static final int LONGEST_SPIKE = 3;

    /** The word in tables and files: {@code spike} for up to three runs, else {@code episode}. */
    public String word() {
        return to - from <= LONGEST_SPIKE ? "spike" : "episode";
    }
}

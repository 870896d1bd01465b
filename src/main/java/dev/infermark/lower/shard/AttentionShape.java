package dev.infermark.lower.shard;

/**
 * One attention of a transformer.
 *
 * @param kind whose keys the queries meet
 * @param hidden width of the hidden state that queries are projected from, in elements
 * @param heads heads of the queries
 * @param keyValueHeads heads of the keys and values, which divide those of the queries
 * @param width elements of a head
 * @param window tokens that a token sees at most, {@link Long#MAX_VALUE} where it sees all
 */
public record AttentionShape(Kind kind, long hidden, long heads, long keyValueHeads, long width, long window) {

    /** Whose keys the queries meet. */
    public enum Kind {
        /** Those of the same sequence. */
        SELF,
        /** Those of an encoder's result, which are computed once for all tokens. */
        CROSS
    }

    /** An attention that sees all tokens. */
    public AttentionShape(Kind kind, long hidden, long heads, long keyValueHeads, long width) {
        this(kind, hidden, heads, keyValueHeads, width, Long.MAX_VALUE);
    }

    /** This attention when a token sees so many at most. */
    public AttentionShape withWindow(long tokens) {
        return new AttentionShape(kind, hidden, heads, keyValueHeads, width, tokens);
    }

    /** Refuses sizes below one. */
    public AttentionShape {
        if (Math.min(Math.min(hidden, heads), Math.min(keyValueHeads, Math.min(width, window))) < 1) {
            throw new IllegalArgumentException("attention of " + hidden + ", " + heads + ", " + keyValueHeads + ", "
                    + width);
        }
    }
}

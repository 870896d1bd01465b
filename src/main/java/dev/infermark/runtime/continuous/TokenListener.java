package dev.infermark.runtime.continuous;

import java.util.List;

/** Hears of each call and of each token. */
@FunctionalInterface
public interface TokenListener {
    /**
     * A sequence has one more token.
     *
     * @param sequence which, with the token
     * @param gap seconds since its last token, or since its arrival for the first
     */
    void token(Sequence sequence, double gap);

    /**
     * A call begins, with whose end each of these sequences has its next token.
     *
     * @param sequences those of the call
     * @param start when it begins
     * @param end when it ends
     */
    default void begins(List<Sequence> sequences, double start, double end) {}
}

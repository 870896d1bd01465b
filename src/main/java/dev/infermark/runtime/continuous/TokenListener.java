package dev.infermark.runtime.continuous;

/** Hears of each token. */
@FunctionalInterface
public interface TokenListener {
    /**
     * A sequence has one more token.
     *
     * @param sequence which, with the token
     * @param gap seconds since its last token, or since its arrival for the first
     */
    void token(Sequence sequence, double gap);
}

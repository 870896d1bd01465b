package dev.infermark.reader.huggingface;

/**
 * How many tokens a token of each layer sees.
 *
 * @param tokens tokens of a sliding window, {@link Long#MAX_VALUE} where all earlier tokens are seen
 * @param everyNth the layers, counted from 1, that see all tokens are the multiples of this; 0 where none does
 */
record Windows(long tokens, int everyNth) {
    /** All layers see all tokens. */
    static final Windows NONE = new Windows(Long.MAX_VALUE, 0);

    /** The window of a layer, counted from 0. */
    long of(int layer) {
        return everyNth > 0 && (layer + 1) % everyNth == 0 ? Long.MAX_VALUE : tokens;
    }
}

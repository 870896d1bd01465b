package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How many tokens a token of each layer sees.
 *
 * @param tokens tokens of a sliding window, {@link Long#MAX_VALUE} where all earlier tokens are seen
 * @param seesAll the layers, counted from 0, that see all tokens all the same
 */
record Windows(long tokens, IntPredicate seesAll) {
    /** All layers see all tokens. */
    static final Windows NONE = everywhere(Long.MAX_VALUE);

    private static final String LISTED = "layer_types";
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";

    /** The same window in all layers. */
    static Windows everywhere(long tokens) {
        return new Windows(tokens, _ -> false);
    }

    /** A window in all layers but every {@code n}th. */
    static Windows exceptEvery(int n, long tokens) {
        return new Windows(tokens, layer -> (layer + 1) % n == 0);
    }

    /** The same window, in the layers that the config lists, where it does. */
    Windows listedBy(Config config, int layers) {
        if (!config.has(LISTED)) {
            return this;
        }
        List<String> types = config.texts(LISTED);
        if (types.size() != layers) {
            throw new UserError(config.origin() + ": " + LISTED + " has " + types.size() + " entries for " + layers
                    + " layers; correct one of them");
        }
        types.stream().filter(type -> !List.of(FULL, SLIDING).contains(type)).findFirst().ifPresent(type -> {
            throw new UserError(config.origin() + ": " + LISTED + " \"" + type + "\" is not modelled, only " + FULL
                    + " and " + SLIDING);
        });
        if (tokens == Long.MAX_VALUE && types.contains(SLIDING)) {
            throw new UserError(config.origin() + ": " + LISTED + " has " + SLIDING + " and there is no sliding_window;"
                    + " add it");
        }
        return new Windows(tokens, layer -> types.get(layer).equals(FULL));
    }

    /** The window of a layer, counted from 0. */
    long of(int layer) {
        return seesAll.test(layer) ? Long.MAX_VALUE : tokens;
    }
}

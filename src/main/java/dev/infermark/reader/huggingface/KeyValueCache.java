package dev.infermark.reader.huggingface;

import dev.infermark.graph.Concat;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and values of earlier tokens, which a decoder is given instead of computing them again.
 *
 * <p>They are state that stays on the device, called {@code past_key_values.LAYER.key} and {@code .value}, each [batch,
 * heads, cached tokens, width].
 */
final class KeyValueCache {
    private static final int TOKENS = 2;

    private final Blocks blocks;
    private final long cached;
    private final List<Tensor> fresh = new ArrayList<>();

    KeyValueCache(Blocks blocks, long cached) {
        this.blocks = blocks;
        this.cached = cached;
    }

    /** The keys of earlier tokens followed by these. */
    Tensor keys(int layer, Tensor k) {
        return joined(layer + ".key", k);
    }

    /** The values of earlier tokens followed by these. */
    Tensor values(int layer, Tensor v) {
        return joined(layer + ".value", v);
    }

    /** Keys and values that were not in the cache yet, layer by layer. */
    List<Tensor> fresh() {
        return List.copyOf(fresh);
    }

    /** Keys and values that later inferences find in the cache. */
    List<Tensor> remembered(List<Tensor> keysAndValues) {
        fresh.addAll(keysAndValues);
        return keysAndValues;
    }

    /** State that holds keys or values of this shape. */
    Tensor kept(String name, Shape shape) {
        return blocks.graph().state("past_key_values." + name, blocks.typeOf(shape));
    }

    private Tensor joined(String name, Tensor x) {
        fresh.add(x);
        if (cached == 0) {
            return x;
        }
        Tensor past = kept(name, x.shape().with(TOKENS, cached));
        return blocks.graph().add("past_key_values." + name, new Concat(TOKENS), past, x);
    }
}

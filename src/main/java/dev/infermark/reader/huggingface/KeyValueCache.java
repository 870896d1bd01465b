package dev.infermark.reader.huggingface;

import dev.infermark.graph.Concat;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The keys and values of earlier tokens, which a decoder is given instead of computing them again.
 *
 * <p>They are state that stays on the device, called {@code past_key_values.LAYER.key} and {@code .value}, each [batch,
 * heads, cached tokens, width].
 */
final class KeyValueCache {
    private static final int TOKENS = 2;

    private final Blocks blocks;
    private final IntToLongFunction cached;
    private final List<Tensor> fresh = new ArrayList<>();

    KeyValueCache(Blocks blocks, long cached) {
        this(blocks, _ -> cached);
    }

    /** A cache that holds as many tokens in each layer as the function says. */
    KeyValueCache(Blocks blocks, IntToLongFunction cached) {
        this.blocks = blocks;
        this.cached = cached;
    }

    /** The keys of earlier tokens followed by these. */
    Tensor keys(int layer, Tensor k) {
        return joined(layer, ".key", k);
    }

    /** The values of earlier tokens followed by these. */
    Tensor values(int layer, Tensor v) {
        return joined(layer, ".value", v);
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

    private Tensor joined(int layer, String part, Tensor x) {
        fresh.add(x);
        long earlier = cached.applyAsLong(layer);
        if (earlier == 0) {
            return x;
        }
        String name = layer + part;
        Tensor past = kept(name, x.shape().with(TOKENS, earlier));
        return blocks.graph().add("past_key_values." + name, new Concat(TOKENS), past, x);
    }
}

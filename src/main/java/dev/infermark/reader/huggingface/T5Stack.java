package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;

/**
 * The sub-layers of T5, each a norm, a function and a residual addition.
 *
 * @param hidden width of the layers
 * @param heads attention heads
 * @param width elements per head
 * @param inner width inside the feed-forward part
 * @param buckets relative distances that are told apart
 * @param gate whether a second product gates the first
 * @param activation function inside the feed-forward part
 */
record T5Stack(long hidden, long heads, long width, long inner, long buckets, Gate gate, Function activation) {

    /** Whether a second product gates the first. */
    enum Gate {
        PRESENT,
        ABSENT
    }

    /** What the distance between query and key adds to the scores: [1, heads, queries, keys]. */
    Tensor positionBias(Blocks blocks, String stack, long queries, long keys) {
        // All layers use the table that the framework keeps in the first one.
        blocks.layer(stack, stack + ".block.0.layer.0.SelfAttention");
        Tensor buckets2d = blocks.constantIds("relative_position_bucket", queries, keys);
        Tensor values = blocks.embedding(buckets2d, "relative_attention_bias", buckets, heads);
        blocks.layer(stack);
        Tensor turned = blocks.transpose(values, "relative_attention_bias.permute", 2, 0, 1);
        return blocks.reshape(turned, "relative_attention_bias.view", 1, heads, queries, keys);
    }

    /** Attention among the tokens of x, whose keys and values nobody needs later. */
    Tensor selfAttention(Blocks blocks, Tensor x, Tensor bias) {
        return selfAttention(blocks, x, bias, new KeyValueCache(blocks, 0), 0);
    }

    /** Attention among the tokens of x and those in the cache. */
    Tensor selfAttention(Blocks blocks, Tensor x, Tensor bias, KeyValueCache cache, int layer) {
        Tensor normal = blocks.rmsNorm(x, "layer.0.layer_norm");
        Tensor q = heads(blocks, normal, "layer.0.SelfAttention.q");
        Tensor k = cache.keys(layer, heads(blocks, normal, "layer.0.SelfAttention.k"));
        Tensor v = cache.values(layer, heads(blocks, normal, "layer.0.SelfAttention.v"));
        return attended(blocks, x, List.of(q, k, v), bias, "layer.0.SelfAttention");
    }

    /** Keys and values of the encoder's output, for the layer at hand. */
    List<Tensor> memory(Blocks blocks, Tensor encoded) {
        return List.of(
                heads(blocks, encoded, "layer.1.EncDecAttention.k"),
                heads(blocks, encoded, "layer.1.EncDecAttention.v"));
    }

    /** Attention of the tokens of x to the encoder's output. */
    Tensor crossAttention(Blocks blocks, Tensor x, List<Tensor> memory, Tensor mask) {
        Tensor q = heads(blocks, blocks.rmsNorm(x, "layer.1.layer_norm"), "layer.1.EncDecAttention.q");
        return attended(blocks, x, List.of(q, memory.get(0), memory.get(1)), mask, "layer.1.EncDecAttention");
    }

    /** The feed-forward part. */
    Tensor feedForward(Blocks blocks, Tensor x, String name) {
        Tensor normal = blocks.rmsNorm(x, name + ".layer_norm");
        String dense = name + ".DenseReluDense.";
        String first = gate == Gate.PRESENT ? "wi_0" : "wi";
        Tensor active = blocks.activation(
                blocks.linear(normal, dense + first, inner, Bias.NO), dense + "act", activation);
        Tensor wide = gate == Gate.PRESENT
                ? blocks.multiply(dense + "gated", active, blocks.linear(normal, dense + "wi_1", inner, Bias.NO))
                : active;
        return blocks.add(name + ".residual", x, blocks.linear(wide, dense + "wo", hidden, Bias.NO));
    }

    private Tensor heads(Blocks blocks, Tensor x, String name) {
        return attention(blocks).split(blocks.linear(x, name, heads * width, Bias.NO), name, heads);
    }

    private Tensor attended(Blocks blocks, Tensor x, List<Tensor> queryKeyValue, Tensor bias, String name) {
        Tensor context = attention(blocks)
                .attend(
                        queryKeyValue.get(0),
                        queryKeyValue.get(1),
                        queryKeyValue.get(2),
                        Scale.NONE,
                        scores -> blocks.add("attention.position_bias", scores, bias));
        return blocks.add(name + ".residual", x, blocks.linear(context, name + ".o", hidden, Bias.NO));
    }

    private Attention attention(Blocks blocks) {
        return new Attention(blocks, heads, width);
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The parts of BART's, Marian's and Whisper's layers, each with a norm before or after it and a residual addition.
 *
 * @param hidden width of the layers
 * @param heads attention heads
 * @param inner width inside the feed-forward part
 * @param activation function inside it
 * @param place where a part is normalised
 * @param keys whether keys have biases; all other projections do
 */
record Seq2SeqLayer(long hidden, long heads, long inner, Function activation, Place place, Bias keys) {

    /** Where a part is normalised. */
    enum Place {
        BEFORE,
        AFTER
    }

    /** Attention among the tokens of x and those in the cache. */
    Tensor selfAttention(Blocks blocks, Tensor x, UnaryOperator<Tensor> masking, KeyValueCache cache, int layer) {
        Tensor in = before(blocks, x, "self_attn_layer_norm");
        Tensor k = cache.keys(layer, keys(blocks, in, "self_attn"));
        Tensor v = cache.values(layer, values(blocks, in, "self_attn"));
        return attended(blocks, x, in, k, v, masking, "self_attn");
    }

    /** Keys and values of the encoder's output. */
    List<Tensor> memory(Blocks blocks, Tensor encoded) {
        return List.of(keys(blocks, encoded, "encoder_attn"), values(blocks, encoded, "encoder_attn"));
    }

    /** Attention of the tokens of x to the encoder's output. */
    Tensor crossAttention(Blocks blocks, Tensor x, List<Tensor> memory, UnaryOperator<Tensor> masking) {
        Tensor in = before(blocks, x, "encoder_attn_layer_norm");
        return attended(blocks, x, in, memory.get(0), memory.get(1), masking, "encoder_attn");
    }

    /** The feed-forward part. */
    Tensor feedForward(Blocks blocks, Tensor x) {
        Tensor in = before(blocks, x, "final_layer_norm");
        Tensor wide = blocks.activation(blocks.linear(in, "fc1", inner), "activation_fn", activation);
        Tensor sum = blocks.add("residual", x, blocks.linear(wide, "fc2", hidden));
        return place == Place.AFTER ? blocks.layerNorm(sum, "final_layer_norm") : sum;
    }

    private Tensor attended(
            Blocks blocks, Tensor x, Tensor in, Tensor k, Tensor v, UnaryOperator<Tensor> masking, String name) {
        Attention attention = new Attention(blocks, heads, hidden / heads);
        Tensor q = attention.split(blocks.linear(in, name + ".q_proj", hidden), name + ".q_proj", heads);
        Tensor context = attention.attend(q, k, v, Scale.QUERIES, masking);
        Tensor sum = blocks.add(name + ".residual", x, blocks.linear(context, name + ".out_proj", hidden));
        return place == Place.AFTER ? blocks.layerNorm(sum, name + "_layer_norm") : sum;
    }

    private Tensor before(Blocks blocks, Tensor x, String name) {
        return place == Place.BEFORE ? blocks.layerNorm(x, name) : x;
    }

    private Tensor keys(Blocks blocks, Tensor x, String name) {
        return new Attention(blocks, heads, hidden / heads)
                .split(blocks.linear(x, name + ".k_proj", hidden, keys), name + ".k_proj", heads);
    }

    private Tensor values(Blocks blocks, Tensor x, String name) {
        return new Attention(blocks, heads, hidden / heads)
                .split(blocks.linear(x, name + ".v_proj", hidden), name + ".v_proj", heads);
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;
import java.util.List;

/** BLOOM: no positions but a slope per head that is added to its scores (ALiBi), a norm after the word table. */
record Bloom(long hidden, long heads) implements DecoderStyle {
    private static final int QUERIES_KEYS_VALUES = 3;
    private static final long FEED_FORWARD_RATIO = 4;

    static Architecture read(Config config) {
        config.require("apply_residual_connection_post_layernorm", false);
        // Slopes reach any distance: the framework runs longer sequences than it was trained on.
        config.has("seq_length");
        long hidden = config.size(config.has("n_embed") ? "n_embed" : "hidden_size");
        long heads = config.size(config.has("n_head") ? "n_head" : "num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        return new Decoder(
                new Bloom(hidden, heads),
                config.size("vocab_size"),
                hidden,
                config.layers(config.has("n_layer") ? "n_layer" : "num_hidden_layers"),
                Long.MAX_VALUE,
                Windows.NONE,
                config.labels(),
                OutputTable.of(config, true),
                Cache.of(config));
    }

    @Override
    public String stem() {
        return "transformer";
    }

    @Override
    public String layerName(int index) {
        return "transformer.h." + index;
    }

    @Override
    public String wordTable() {
        return "word_embeddings";
    }

    @Override
    public Tensor enter(Blocks blocks, Tensor words) {
        return blocks.layerNorm(words, "word_embeddings_layernorm");
    }

    @Override
    public Tensor mask(Blocks blocks, Tensor attentionMask, long tokens) {
        return blocks.causalMask(attentionMask, tokens);
    }

    @Override
    public Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache) {
        Attention attention = new Attention(blocks, heads, hidden / heads);
        Tensor in = blocks.layerNorm(x, "input_layernorm");
        Tensor projected = blocks.linear(in, "self_attention.query_key_value", QUERIES_KEYS_VALUES * hidden);
        List<Tensor> parts = blocks.split(projected, "self_attention.split", QUERIES_KEYS_VALUES);
        Tensor q = attention.split(parts.get(0), "self_attention.query", heads);
        Tensor k = cache.keys(index, attention.split(parts.get(1), "self_attention.key", heads));
        Tensor v = cache.values(index, attention.split(parts.get(2), "self_attention.value", heads));
        Tensor context = attention.attend(q, k, v, Scale.SCORES, scores -> {
            Tensor slopes = blocks.constant("alibi", heads, 1, scores.shape().dimension(-1));
            return blocks.add("attention.mask", blocks.add("attention.alibi", scores, slopes), mask);
        });
        Tensor y = blocks.add("attention.residual", blocks.linear(context, "self_attention.dense", hidden), x);
        Tensor other = blocks.layerNorm(y, "post_attention_layernorm");
        Tensor wide = blocks.linear(other, "mlp.dense_h_to_4h", FEED_FORWARD_RATIO * hidden);
        Tensor active = blocks.activation(wide, "mlp.act", Function.GELU_TANH);
        return blocks.add("mlp.residual", y, blocks.linear(active, "mlp.dense_4h_to_h", hidden));
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        return blocks.layerNorm(x, "ln_f");
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;

/** OPT: learned positions after two unused ones, ReLU, embeddings that may be narrower than the layers. */
record Opt(
        long hidden, long embedding, long heads, long inner, long positions, Norm norm, Bias bias, Function activation)
        implements DecoderStyle {
    /** Rows of the position table before the first token's. */
    private static final long POSITION_OFFSET = 2;

    /** Where a layer normalises. */
    private enum Norm {
        /** Before attention and feed-forward, and once more after the last layer. */
        BEFORE,
        /** After each. */
        AFTER
    }

    static Architecture read(Config config) {
        config.require("_remove_final_layer_norm", false);
        config.require("layer_norm_elementwise_affine", true);
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        long embedding = config.size("word_embed_proj_dim", hidden);
        long positions = config.size("max_position_embeddings");
        Opt style = new Opt(
                hidden,
                embedding,
                heads,
                config.size("ffn_dim"),
                positions,
                config.flag("do_layer_norm_before", true) ? Norm.BEFORE : Norm.AFTER,
                Bias.of(config.flag("enable_bias", true)),
                Blocks.function(config, "activation_function", "relu"));
        return new Decoder(
                style,
                config.size("vocab_size"),
                embedding,
                config.layers("num_hidden_layers"),
                positions,
                Windows.NONE,
                config.labels(),
                OutputTable.of(config, true),
                Cache.of(config));
    }

    @Override
    public String stem() {
        return "decoder";
    }

    @Override
    public String layerName(int index) {
        return "decoder.layers." + index;
    }

    @Override
    public String wordTable() {
        return "embed_tokens";
    }

    @Override
    public Tensor enter(Blocks blocks, Tensor words) {
        Tensor x = embedding == hidden ? words : blocks.linear(words, "project_in", hidden, Bias.NO);
        Tensor places = blocks.embedding(
                blocks.constantIds("position_ids", 1, words.shape().dimension(1)),
                "embed_positions",
                positions + POSITION_OFFSET,
                hidden);
        return blocks.add("add_positions", x, places);
    }

    @Override
    public Tensor mask(Blocks blocks, Tensor attentionMask, long tokens) {
        return blocks.causalMask(attentionMask, tokens);
    }

    @Override
    public Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache) {
        Attention attention = new Attention(blocks, heads, hidden / heads);
        Tensor in = normalised(blocks, x, "self_attn_layer_norm", Norm.BEFORE);
        Tensor q = projected(blocks, attention, in, "self_attn.q_proj");
        Tensor k = cache.keys(index, projected(blocks, attention, in, "self_attn.k_proj"));
        Tensor v = cache.values(index, projected(blocks, attention, in, "self_attn.v_proj"));
        Tensor context =
                attention.attend(q, k, v, Scale.QUERIES, scores -> blocks.add("attention.mask", scores, mask));
        Tensor attended = blocks.linear(context, "self_attn.out_proj", hidden, bias);
        Tensor y = blocks.add("self_attn.residual", x, attended);
        y = normalised(blocks, y, "self_attn_layer_norm", Norm.AFTER);
        Tensor wide = blocks.linear(normalised(blocks, y, "final_layer_norm", Norm.BEFORE), "fc1", inner, bias);
        Tensor narrow = blocks.linear(blocks.activation(wide, "activation", activation), "fc2", hidden, bias);
        return normalised(blocks, blocks.add("residual", y, narrow), "final_layer_norm", Norm.AFTER);
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        Tensor y = normalised(blocks, x, "final_layer_norm", Norm.BEFORE);
        return embedding == hidden ? y : blocks.linear(y, "project_out", embedding, Bias.NO);
    }

    private Tensor projected(Blocks blocks, Attention attention, Tensor x, String name) {
        return attention.split(blocks.linear(x, name, hidden, bias), name, heads);
    }

    private Tensor normalised(Blocks blocks, Tensor x, String name, Norm place) {
        return norm == place ? blocks.layerNorm(x, name) : x;
    }
}

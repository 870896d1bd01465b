package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;

/**
 * GPT-NeoX, GPT-J, Phi and Falcon: attention and the feed-forward part both read the layer's input, and their results
 * are added to it; rotary positions on a part of each head.
 *
 * @param hidden width of the layers
 * @param heads heads of the queries
 * @param sharedHeads heads of the keys and values
 * @param rotated elements of each head that positions turn
 * @param inner width inside the feed-forward part
 * @param attention whether the projections have biases
 * @param output whether the projection after attention has one
 * @param mlp whether the feed-forward part has biases
 * @param norms how many norms a layer has
 * @param wordBias whether the scores of words have a bias
 * @param activation function inside the feed-forward part
 */
record ParallelDecoder(
        long hidden,
        long heads,
        long sharedHeads,
        long rotated,
        long inner,
        Bias attention,
        Bias output,
        Bias mlp,
        Norms norms,
        Bias wordBias,
        Function activation)
        implements DecoderStyle {
    private static final long FEED_FORWARD_RATIO = 4;
    private static final double GPT_NEOX_SHARE = 0.25;
    private static final double PHI_SHARE = 0.5;
    private static final long GPT_J_ROTATED = 64;

    /** The norms of a layer. */
    enum Norms {
        /** One that both parts read. */
        SHARED,
        /** One each. */
        TWO
    }

    static Architecture readGptNeox(Config config) {
        config.require("use_parallel_residual", true);
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        long width = config.perHead("hidden_size", hidden, heads);
        Bias bias = Bias.of(config.flag("attention_bias", true));
        ParallelDecoder style = new ParallelDecoder(
                hidden,
                heads,
                heads,
                share(config, width, "rotary_pct", GPT_NEOX_SHARE),
                config.size("intermediate_size"),
                bias,
                bias,
                Bias.YES,
                Norms.TWO,
                Bias.NO,
                Blocks.function(config, "hidden_act", "gelu"));
        return decoder(config, style, "num_hidden_layers", false);
    }

    static Architecture readGptJ(Config config) {
        long hidden = config.size("n_embd");
        long heads = config.size("n_head");
        config.perHead("n_embd", hidden, heads);
        config.has("n_positions");
        ParallelDecoder style = new ParallelDecoder(
                hidden,
                heads,
                heads,
                config.size("rotary_dim", GPT_J_ROTATED),
                config.size("n_inner", FEED_FORWARD_RATIO * hidden),
                Bias.NO,
                Bias.NO,
                Bias.YES,
                Norms.SHARED,
                Bias.YES,
                Blocks.function(config, "activation_function", "gelu_new"));
        return decoder(config, style, "n_layer", false);
    }

    static Architecture readPhi(Config config) {
        config.require("qk_layernorm", false);
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        long width = config.perHead("hidden_size", hidden, heads);
        ParallelDecoder style = new ParallelDecoder(
                hidden,
                heads,
                config.size("num_key_value_heads", heads),
                share(config, width, "partial_rotary_factor", PHI_SHARE),
                config.size("intermediate_size"),
                Bias.YES,
                Bias.YES,
                Bias.YES,
                Norms.SHARED,
                Bias.YES,
                Blocks.function(config, "hidden_act", "gelu_new"));
        return decoder(config, style, "num_hidden_layers", false);
    }

    static Architecture readFalcon(Config config) {
        config.require("alibi", false);
        boolean isNew = config.flag("new_decoder_architecture", false);
        boolean isOneGroup = config.flag("multi_query", true);
        config.require("parallel_attn", true);
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        long width = config.perHead("hidden_size", hidden, heads);
        long groups = config.size("num_kv_heads", heads);
        Bias bias = Bias.of(config.flag("bias", false));
        ParallelDecoder style = new ParallelDecoder(
                hidden,
                heads,
                isNew ? groups : isOneGroup ? 1 : heads,
                width,
                config.size("ffn_hidden_size", FEED_FORWARD_RATIO * hidden),
                bias,
                bias,
                bias,
                isNew && config.size("num_ln_in_parallel_attn", 2) == 2 ? Norms.TWO : Norms.SHARED,
                Bias.NO,
                Blocks.function(config, "activation", "gelu"));
        return decoder(config, style, "num_hidden_layers", true);
    }

    private static long share(Config config, long width, String key, double otherwise) {
        double share = config.number(key, otherwise);
        if (!(share > 0 && share <= 1)) {
            throw new UserError(config.origin() + ": " + key + " " + share + " is no share of a head; give 0 to 1");
        }
        return Math.max(2, 2 * (long) (share * width / 2));
    }

    private static Architecture decoder(Config config, ParallelDecoder style, String layersKey, boolean tied) {
        long width = config.perHead("hidden size", style.hidden, style.heads);
        if (style.rotated > width || style.rotated % 2 != 0 || style.heads % style.sharedHeads != 0) {
            throw new UserError(config.origin() + ": " + style.rotated + " rotated elements and " + style.sharedHeads
                    + " key and value heads do not fit " + style.heads + " heads of " + width + "; correct them");
        }
        return new Decoder(
                style,
                config.size("vocab_size"),
                style.hidden,
                config.layers(layersKey),
                Long.MAX_VALUE,
                Windows.NONE,
                config.labels(),
                OutputTable.of(config, tied),
                Cache.of(config));
    }

    @Override
    public String stem() {
        return "model";
    }

    @Override
    public String layerName(int index) {
        return "model.layers." + index;
    }

    @Override
    public String wordTable() {
        return "embed_tokens";
    }

    @Override
    public Tensor enter(Blocks blocks, Tensor words) {
        return words;
    }

    @Override
    public Tensor mask(Blocks blocks, Tensor attentionMask, long tokens) {
        return blocks.causalMask(attentionMask, tokens);
    }

    @Override
    public Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache) {
        long width = hidden / heads;
        Attention heart = new Attention(blocks, heads, sharedHeads, width);
        Rotary rotary = new Rotary(blocks, rotated);
        Tensor in = blocks.layerNorm(x, "input_layernorm");
        Tensor q = rotary.apply(projected(blocks, heart, in, "q", heads), "rotary.query");
        Tensor k = rotary.apply(projected(blocks, heart, in, "k", sharedHeads), "rotary.key");
        Tensor v = projected(blocks, heart, in, "v", sharedHeads);
        Tensor context = heart.attend(
                q,
                cache.keys(index, k),
                cache.values(index, v),
                Scale.SCORES,
                scores -> blocks.add("attention.mask", scores, mask));
        Tensor attended = blocks.linear(context, "self_attn.dense", hidden, output);
        Tensor other = norms == Norms.SHARED ? in : blocks.layerNorm(x, "post_attention_layernorm");
        Tensor wide = blocks.linear(other, "mlp.dense_h_to_4h", inner, mlp);
        Tensor narrow = blocks.linear(blocks.activation(wide, "mlp.act", activation), "mlp.dense_4h_to_h", hidden, mlp);
        return blocks.add("residual", x, blocks.add("parallel", attended, narrow));
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        return blocks.layerNorm(x, "final_layer_norm");
    }

    private Tensor projected(Blocks blocks, Attention heart, Tensor x, String part, long count) {
        String name = "self_attn." + part + "_proj";
        return heart.split(blocks.linear(x, name, count * (hidden / heads), attention), name, count);
    }
}

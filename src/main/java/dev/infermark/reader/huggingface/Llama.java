package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;
import java.util.List;

/** Llama, CodeLlama and Mistral: rotary positions, grouped keys and values, gated feed-forward. */
record Llama(
        long hidden,
        long heads,
        long sharedHeads,
        long width,
        long inner,
        Bias attention,
        Bias mlp,
        Function activation)
        implements DecoderStyle {

    static Architecture read(Config config) {
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        long shared = config.size("num_key_value_heads", heads);
        if (heads % shared != 0) {
            throw new UserError(config.origin() + ": num_attention_heads " + heads
                    + " cannot be divided among num_key_value_heads " + shared + "; correct one of them");
        }
        long width = config.has("head_dim") ? config.size("head_dim") : config.perHead("hidden_size", hidden, heads);
        if (width % 2 != 0) {
            throw new UserError(config.origin() + ": a head of " + width
                    + " elements has no halves to rotate; correct head_dim or hidden_size");
        }
        Llama style = new Llama(
                hidden,
                heads,
                shared,
                width,
                config.size("intermediate_size"),
                Bias.of(config.flag("attention_bias", false)),
                Bias.of(config.flag("mlp_bias", false)),
                Blocks.function(config, "hidden_act", "silu"));
        return new Decoder(
                style,
                config.size("vocab_size"),
                hidden,
                config.layers("num_hidden_layers"),
                // Rotary positions have no table that would end: the framework runs longer sequences too.
                Long.MAX_VALUE,
                config.size("sliding_window", Long.MAX_VALUE),
                config.labels(),
                OutputTable.of(config, false),
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
        Attention heart = new Attention(blocks, heads, sharedHeads, width);
        Tensor in = blocks.rmsNorm(x, "input_layernorm");
        Tensor q = rotated(blocks, projected(blocks, heart, in, "self_attn.q_proj", heads), "rotary.query");
        Tensor k = rotated(blocks, projected(blocks, heart, in, "self_attn.k_proj", sharedHeads), "rotary.key");
        Tensor v = projected(blocks, heart, in, "self_attn.v_proj", sharedHeads);
        Tensor context = heart.attend(
                q,
                cache.keys(index, k),
                cache.values(index, v),
                Scale.SCORES,
                scores -> blocks.add("attention.mask", scores, mask));
        Tensor attended = blocks.linear(context, "self_attn.o_proj", hidden, attention);
        Tensor y = blocks.add("self_attn.residual", x, attended);
        Tensor normal = blocks.rmsNorm(y, "post_attention_layernorm");
        Tensor gate = blocks.linear(normal, "mlp.gate_proj", inner, mlp);
        Tensor up = blocks.linear(normal, "mlp.up_proj", inner, mlp);
        Tensor gated = blocks.multiply("mlp.gated", blocks.activation(gate, "mlp.act_fn", activation), up);
        return blocks.add("mlp.residual", y, blocks.linear(gated, "mlp.down_proj", hidden, mlp));
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        return blocks.rmsNorm(x, "norm");
    }

    private Tensor projected(Blocks blocks, Attention heart, Tensor x, String name, long count) {
        return heart.split(blocks.linear(x, name, count * width, attention), name, count);
    }

    /** x · cos + (−second half, first half) · sin, both [1, 1, tokens, width]. */
    private Tensor rotated(Blocks blocks, Tensor x, String name) {
        long tokens = x.shape().dimension(2);
        List<Tensor> halves = blocks.split(x, name + ".split", 2);
        Tensor negated = blocks.activation(halves.get(1), name + ".negate", Function.NEGATE);
        Tensor turned = blocks.graph().add(name + ".swap", new Concat(-1), negated, halves.get(0));
        Tensor cosine = blocks.multiply(name + ".cos", x, blocks.shared("rotary.cos", 1, 1, tokens, width));
        Tensor sine = blocks.multiply(name + ".sin", turned, blocks.shared("rotary.sin", 1, 1, tokens, width));
        return blocks.add(name, cosine, sine);
    }
}

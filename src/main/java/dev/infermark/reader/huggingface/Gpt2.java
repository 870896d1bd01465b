package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;
import java.util.List;

/** GPT-2 and, by its published shape, GPT-3: learned positions, one product for queries, keys and values. */
record Gpt2(long hidden, long heads, long inner, long positions, Function activation) implements DecoderStyle {
    private static final int QUERIES_KEYS_VALUES = 3;
    private static final long FEED_FORWARD_RATIO = 4;

    static Architecture read(Config config) {
        long hidden = config.size("n_embd");
        long heads = config.size("n_head");
        config.perHead("n_embd", hidden, heads);
        long positions = config.has("n_positions") ? config.size("n_positions") : config.size("n_ctx");
        Gpt2 style = new Gpt2(
                hidden,
                heads,
                config.size("n_inner", FEED_FORWARD_RATIO * hidden),
                positions,
                Blocks.function(config, "activation_function", "gelu_new"));
        return new Decoder(
                style,
                config.size("vocab_size"),
                hidden,
                config.layers("n_layer"),
                positions,
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
        return "wte";
    }

    @Override
    public Tensor enter(Blocks blocks, Tensor words) {
        long tokens = words.shape().dimension(1);
        Tensor places = blocks.embedding(blocks.constantIds("position_ids", 1, tokens), "wpe", positions, hidden);
        return blocks.add("add_positions", words, places);
    }

    @Override
    public Tensor mask(Blocks blocks, Tensor attentionMask, long tokens) {
        return blocks.paddingMask(attentionMask);
    }

    @Override
    public Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache) {
        Attention attention = new Attention(blocks, heads, hidden / heads);
        Tensor projected = blocks.linear(blocks.layerNorm(x, "ln_1"), "attn.c_attn", QUERIES_KEYS_VALUES * hidden);
        List<Tensor> parts = blocks.split(projected, "attn.split", QUERIES_KEYS_VALUES);
        Tensor q = attention.split(parts.get(0), "attn.query", heads);
        Tensor k = cache.keys(index, attention.split(parts.get(1), "attn.key", heads));
        Tensor v = cache.values(index, attention.split(parts.get(2), "attn.value", heads));
        Tensor context = attention.attend(q, k, v, Scale.SCORES, scores -> {
            Tensor earlier = earlierOnly(blocks, scores);
            return blocks.add("attention.mask", earlier, mask);
        });
        Tensor y = blocks.add("attn.residual", blocks.linear(context, "attn.c_proj", hidden), x);
        Tensor wide = blocks.linear(blocks.layerNorm(y, "ln_2"), "mlp.c_fc", inner);
        Tensor active = blocks.activation(wide, "mlp.act", activation);
        return blocks.add("mlp.residual", y, blocks.linear(active, "mlp.c_proj", hidden));
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        return blocks.layerNorm(x, "ln_f");
    }

    /** GPT-2 replaces the scores of later tokens where others add a mask. */
    private static Tensor earlierOnly(Blocks blocks, Tensor scores) {
        Shape square = scores.shape().with(0, 1).with(1, 1);
        Tensor earlier = blocks.graph().constant("causal_mask.bias", new TensorType(DataType.BOOL, square));
        return blocks.graph()
                .add(
                        "attention.causal",
                        new Elementwise(Elementwise.Kind.SELECT),
                        earlier,
                        scores,
                        blocks.constant("attention.lowest", 1));
    }
}

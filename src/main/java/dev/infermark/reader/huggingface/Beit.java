package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;

/** BEiT: a vision transformer with relative positions, scaled residuals and the mean of the patches as its result. */
record Beit(
        Patches patches,
        int layers,
        long attentionHeads,
        long intermediate,
        long labels,
        Function activation,
        LayerScale scale)
        implements Architecture {
    private static final Patches DEFAULTS = new Patches(224, 16, 3, 768);

    /** Distances between the class token and patches, patches and it, and it and itself. */
    private static final long DISTANCES_OF_CLASS_TOKEN = 3;

    static Architecture read(Config config) {
        if (!config.flag("use_relative_position_bias", false)) {
            throw new UserError(config.origin() + ": use_relative_position_bias false is not modelled, only true");
        }
        config.require("use_shared_relative_position_bias", false);
        config.require("use_absolute_position_embeddings", false);
        config.require("use_mask_token", false);
        config.require("use_mean_pooling", true);
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", config.size("hidden_size"), heads);
        return new Beit(
                Patches.read(config, DEFAULTS),
                config.layers("num_hidden_layers"),
                heads,
                config.size("intermediate_size"),
                config.labels(),
                Blocks.function(config, "hidden_act", "gelu"),
                config.number("layer_scale_init_value", 0.1) > 0 ? LayerScale.LEARNED : LayerScale.NONE);
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.IMAGE_CLASSIFICATION);
    }

    @Override
    public Modality modality() {
        return Modality.IMAGE;
    }

    @Override
    public long positions() {
        return 0;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor pixels = patches.pixels(blocks, graph.name(), workload);
        blocks.layer("embeddings");
        Tensor x = patches.sequence(blocks, pixels, "patch_embeddings.projection", Bias.YES, List.of("cls_token"));
        for (int i : blocks.equalLayers("encoder.layer.", layers)) {
            blocks.layer("encoder.layer." + i);
            x = feedForward(blocks, attention(blocks, x));
        }
        blocks.layer("pooler");
        Tensor patchTokens = blocks.graph().add("patches", Slice.of(1, 1, x.shape().dimension(1) - 1), x);
        Tensor mean = graph.add("mean", new Reduce(Reduce.Kind.MEAN, List.of(1), Reduce.Axes.DROPPED), patchTokens);
        Tensor pooled = blocks.layerNorm(mean, "layernorm");
        if (head == TaskHead.RAW) {
            return graph.build(x, pooled);
        }
        blocks.layer("classifier", "");
        return graph.build(blocks.linear(pooled, "classifier", labels));
    }

    private Tensor attention(Blocks blocks, Tensor x) {
        long hidden = patches.hidden();
        Attention attention = new Attention(blocks, attentionHeads, hidden / attentionHeads);
        Tensor normal = blocks.layerNorm(x, "layernorm_before");
        String query = "attention.attention.query";
        String key = "attention.attention.key";
        String value = "attention.attention.value";
        Tensor q = attention.split(blocks.linear(normal, query, hidden), query, attentionHeads);
        Tensor k = attention.split(blocks.linear(normal, key, hidden, Bias.NO), key, attentionHeads);
        Tensor v = attention.split(blocks.linear(normal, value, hidden), value, attentionHeads);
        Tensor bias = positionBias(blocks, x.shape().dimension(1));
        Tensor context = attention.attend(
                q, k, v, Scale.SCORES, scores -> blocks.add("attention.position_bias", scores, bias));
        Tensor attended = blocks.linear(context, "attention.output.dense", hidden);
        return blocks.add("attention.residual", scale.apply(blocks, attended, "scale_1", "lambda_1"), x);
    }

    private Tensor feedForward(Blocks blocks, Tensor x) {
        long hidden = patches.hidden();
        Tensor wide = blocks.linear(blocks.layerNorm(x, "layernorm_after"), "intermediate.dense", intermediate);
        Tensor active = blocks.activation(wide, "intermediate.dense.activation", activation);
        Tensor narrow = blocks.linear(active, "output.dense", hidden);
        return blocks.add("output.residual", scale.apply(blocks, narrow, "scale_2", "lambda_2"), x);
    }

    /** What the distance between two tokens adds to their score: [1, attentionHeads, tokens, tokens]. */
    private Tensor positionBias(Blocks blocks, long tokens) {
        long span = 2 * (patches.image() / patches.patch()) - 1;
        Tensor values = blocks.embedding(
                blocks.constantIds("relative_position_index", tokens, tokens),
                "relative_position_bias",
                span * span + DISTANCES_OF_CLASS_TOKEN,
                attentionHeads);
        Tensor turned = blocks.transpose(values, "relative_position_bias.permute", 2, 0, 1);
        return blocks.reshape(turned, "relative_position_bias.view", 1, attentionHeads, tokens, tokens);
    }
}

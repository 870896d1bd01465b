package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** ViT and DeiT: an encoder over the patches of an image. */
record VisionTransformer(Patches patches, List<String> specialTokens, PreNormLayer layer, int layers, long labels)
        implements Architecture {
    private static final Patches DEFAULTS = new Patches(224, 16, 3, 768);
    private static final LayerNames NAMES = new LayerNames(
            "attention.attention.query",
            "attention.attention.key",
            "attention.attention.value",
            "attention.output.dense",
            "layernorm_before",
            "intermediate.dense",
            "output.dense",
            "layernorm_after");

    /** Reads ViT. */
    static Architecture readVit(Config config) {
        return read(config, List.of("cls_token"));
    }

    /** Reads DeiT, whose images have a second learned token. */
    static Architecture readDeit(Config config) {
        return read(config, List.of("cls_token", "distillation_token"));
    }

    private static Architecture read(Config config, List<String> specialTokens) {
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        PreNormLayer layer = new PreNormLayer(
                NAMES,
                heads,
                config.size("intermediate_size"),
                Scale.SCORES,
                Bias.of(config.flag("qkv_bias", true)),
                Blocks.function(config, "hidden_act", "gelu"));
        return new VisionTransformer(
                Patches.read(config, DEFAULTS),
                specialTokens,
                layer,
                config.layers("num_hidden_layers"),
                config.labels());
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
        Tensor x = patches.tokens(blocks, pixels, "patch_embeddings.projection", Bias.YES, specialTokens);
        for (int i : blocks.equalLayers("encoder.layer.", layers)) {
            blocks.layer("encoder.layer." + i);
            x = layer.apply(blocks, x, UnaryOperator.identity());
        }
        blocks.layer("final", "");
        x = blocks.layerNorm(x, "layernorm");
        if (head == TaskHead.IMAGE_CLASSIFICATION) {
            blocks.layer("classifier", "");
            return graph.build(blocks.linear(blocks.firstToken(x), "classifier", labels));
        }
        blocks.layer("pooler");
        Tensor dense = blocks.linear(blocks.firstToken(x), "dense", patches.hidden());
        return graph.build(x, blocks.activation(dense, "activation", Function.TANH));
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** DINOv2 and DINOv3: vision transformers with scaled residuals, for images of any size that patches divide. */
record Dino(Patches patches, Positions places, long registers, PreNormLayer layer, int layers, long labels)
        implements Architecture {
    private static final Patches DEFAULTS = new Patches(224, 14, 3, 768);
    private static final LayerNames NAMES = new LayerNames(
            "attention.attention.query",
            "attention.attention.key",
            "attention.attention.value",
            "attention.output.dense",
            "norm1",
            "mlp.fc1",
            "mlp.fc2",
            "norm2");

    /** Where a patch lies. */
    enum Positions {
        /** A table for the size of training, interpolated to others before the model runs. */
        LEARNED,
        /** Queries and keys of patches are turned. */
        ROTARY
    }

    static Architecture readV2(Config config) {
        config.require("use_swiglu_ffn", false);
        config.has("use_mask_token");
        config.has("layerscale_value");
        ignoreBackbone(config);
        long hidden = config.size("hidden_size");
        Bias bias = Bias.of(config.flag("qkv_bias", true));
        PreNormLayer layer = layer(config, bias, hidden * config.size("mlp_ratio", 4));
        return of(config, Positions.LEARNED, 0, layer);
    }

    static Architecture readV3(Config config) {
        config.require("use_gated_mlp", false);
        for (String key : List.of("query_bias", "value_bias", "proj_bias", "mlp_bias")) {
            config.require(key, true);
        }
        for (String key : List.of("layerscale_value", "pos_embed_jitter", "pos_embed_shift", "pos_embed_rescale")) {
            config.has(key);
        }
        ignoreBackbone(config);
        PreNormLayer layer = layer(config, Bias.of(config.flag("key_bias", false)), config.size("intermediate_size"));
        return of(config, Positions.ROTARY, config.row("num_register_tokens", 0), layer);
    }

    private static void ignoreBackbone(Config config) {
        Stream.of(
                        "out_features",
                        "out_indices",
                        "stage_names",
                        "apply_layernorm",
                        "reshape_hidden_states",
                        "image_size")
                .forEach(config::has);
    }

    private static PreNormLayer layer(Config config, Bias keys, long inner) {
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        return new PreNormLayer(
                NAMES,
                heads,
                inner,
                Scale.SCORES,
                Bias.YES,
                Blocks.function(config, "hidden_act", "gelu"),
                keys,
                LayerScale.LEARNED);
    }

    private static Architecture of(Config config, Positions positions, long registers, PreNormLayer layer) {
        return new Dino(
                Patches.read(config, DEFAULTS),
                positions,
                registers,
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
        Patches sized = patches.at(workload.imageSize().orElse(patches.image()));
        if (sized.image() % sized.patch() != 0) {
            throw new UserError(graph.name() + " cuts images into patches of " + sized.patch()
                    + " pixels, which do not divide " + sized.image() + "; give an image size that they divide");
        }
        Tensor pixels = sized.pixels(blocks, graph.name(), workload.withImageSize(sized.image()));
        blocks.layer("embeddings");
        List<String> special = Stream.concat(
                        Stream.of("cls_token"),
                        IntStream.range(0, Math.toIntExact(registers)).mapToObj(i -> "register_tokens." + i))
                .toList();
        Tensor x = sized.sequence(blocks, pixels, "patch_embeddings.projection", Bias.YES, special);
        if (places == Positions.LEARNED) {
            x = blocks.add("add_positions", x, learned(blocks, x.shape().dimension(1)));
        }
        for (int i : blocks.equalLayers("encoder.layer.", layers)) {
            blocks.layer("encoder.layer." + i);
            x = layer.apply(blocks, x, UnaryOperator.identity(), turning(blocks, 1 + registers));
        }
        blocks.layer("final", "");
        x = blocks.layerNorm(x, "layernorm");
        Tensor first = blocks.firstToken(x);
        if (head == TaskHead.RAW) {
            return graph.build(x, first);
        }
        Tensor rest = graph.add("patches", Slice.of(1, 1 + registers, x.shape().dimension(1) - 1 - registers), x);
        Tensor mean = graph.add(
                "mean",
                new dev.infermark.graph.Reduce(
                        dev.infermark.graph.Reduce.Kind.MEAN, List.of(1), dev.infermark.graph.Reduce.Axes.DROPPED),
                rest);
        blocks.layer("classifier", "");
        return graph.build(blocks.linear(graph.add("joined", new Concat(-1), first, mean), "classifier", labels));
    }

    /** The rows of the table of training; another size's are interpolated when the model is traced. */
    private Tensor learned(Blocks blocks, long tokens) {
        long side = patches.image() / patches.patch();
        return tokens == side * side + 1
                ? blocks.parameter("position_embeddings", 1, tokens, patches.hidden())
                : blocks.constant("position_embeddings.interpolated", 1, tokens, patches.hidden());
    }

    private UnaryOperator<Tensor> turning(Blocks blocks, long special) {
        return places == Positions.LEARNED ? UnaryOperator.identity() : x -> {
            long tokens = x.shape().dimension(2);
            List<Tensor> parts = blocks.graph()
                    .addAll("rotary.tokens", Slice.split(2, List.of(special, tokens - special)), List.of(x));
            Tensor turned = new Rotary(blocks, x.shape().dimension(3)).apply(parts.get(1), "rotary");
            return blocks.graph().add("rotary.join", new Concat(2), parts.get(0), turned);
        };
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;

/** ConvNeXt: stages of depthwise convolutions, each followed by two products over the channels. */
record ConvNext(
        long image,
        long channels,
        long patch,
        List<Long> widths,
        List<Long> depths,
        Function activation,
        LayerScale scale,
        long labels)
        implements Architecture {
    private static final List<Long> WIDTHS = List.of(96L, 192L, 384L, 768L);
    private static final List<Long> DEPTHS = List.of(3L, 3L, 9L, 3L);
    private static final long WINDOW = 7;
    private static final long RATIO = 4;

    static Architecture read(Config config) {
        for (String key : List.of("num_stages", "out_features", "out_indices", "stage_names")) {
            config.has(key);
        }
        ConvNext model = new ConvNext(
                config.size("image_size", 224),
                config.size("num_channels", 3),
                config.size("patch_size", 4),
                config.sizes("hidden_sizes", WIDTHS),
                config.sizes("depths", DEPTHS),
                Blocks.function(config, "hidden_act", "gelu"),
                config.number("layer_scale_init_value", 1e-6) > 0 ? LayerScale.LEARNED : LayerScale.NONE,
                config.labels());
        if (model.widths.size() != model.depths.size()) {
            throw new UserError(
                    config.origin() + ": hidden_sizes and depths have different lengths; correct one of them");
        }
        return model;
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
        long pixels = workload.imageSize().orElse(image);
        Tensor x = graph.input("pixel_values", blocks.typeOf(Shape.of(workload.batch(), channels, pixels, pixels)));
        blocks.layer("embeddings");
        x = normed(
                blocks,
                blocks.convolution(
                        x, "patch_embeddings", widths.getFirst(), Spatial.square(patch, patch, 0), 1, Bias.YES));
        for (int stage = 0; stage < widths.size(); stage++) {
            long width = widths.get(stage);
            if (stage > 0) {
                blocks.layer("encoder.stages." + stage + ".downsampling_layer");
                x = blocks.convolution(normed(blocks, x), "conv", width, Spatial.square(2, 2, 0), 1, Bias.YES);
            }
            for (int i = 0; i < depths.get(stage); i++) {
                blocks.layer("encoder.stages." + stage + ".layers." + i);
                x = block(blocks, x);
            }
        }
        blocks.layer("final", "");
        Tensor mean = graph.add("mean", new Reduce(Reduce.Kind.MEAN, List.of(2, 3), Reduce.Axes.DROPPED), x);
        Tensor pooled = blocks.layerNorm(mean, "layernorm");
        if (head == TaskHead.RAW) {
            return graph.build(x, pooled);
        }
        blocks.layer("classifier", "");
        return graph.build(blocks.linear(pooled, "classifier", labels));
    }

    private Tensor block(Blocks blocks, Tensor x) {
        long width = x.shape().dimension(1);
        Spatial window = Spatial.square(WINDOW, 1, WINDOW / 2);
        Tensor y = blocks.convolution(x, "dwconv", width, window, width, Bias.YES);
        Tensor last = blocks.layerNorm(blocks.transpose(y, "channels_last", 0, 2, 3, 1), "layernorm");
        Tensor wide = blocks.activation(blocks.linear(last, "pwconv1", RATIO * width), "act", activation);
        Tensor narrow = scale.apply(blocks, blocks.linear(wide, "pwconv2", width), "scale", "layer_scale_parameter");
        return blocks.add("residual", x, blocks.transpose(narrow, "channels_first", 0, 3, 1, 2));
    }

    private static Tensor normed(Blocks blocks, Tensor x) {
        Tensor last = blocks.layerNorm(blocks.transpose(x, "norm.channels_last", 0, 2, 3, 1), "layernorm");
        return blocks.transpose(last, "norm.channels_first", 0, 3, 1, 2);
    }
}

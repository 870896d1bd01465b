package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Resize;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** SegFormer: stages of attention to a coarser image, whose results are brought to one size and told apart. */
record Segformer(
        long channels,
        List<Long> widths,
        List<Long> depths,
        List<Long> headCounts,
        List<Long> reductions,
        List<Long> patches,
        List<Long> strides,
        List<Long> ratios,
        long decoder,
        Function activation,
        long labels)
        implements Architecture {
    private static final long IMAGE = 512;

    static Architecture read(Config config) {
        for (String key : List.of("num_encoder_blocks", "reshape_last_stage", "downsampling_rates", "image_size")) {
            config.has(key);
        }
        Segformer model = new Segformer(
                config.size("num_channels", 3),
                config.sizes("hidden_sizes", List.of(32L, 64L, 160L, 256L)),
                config.sizes("depths", List.of(2L, 2L, 2L, 2L)),
                config.sizes("num_attention_heads", List.of(1L, 2L, 5L, 8L)),
                config.sizes("sr_ratios", List.of(8L, 4L, 2L, 1L)),
                config.sizes("patch_sizes", List.of(7L, 3L, 3L, 3L)),
                config.sizes("strides", List.of(4L, 2L, 2L, 2L)),
                config.sizes("mlp_ratios", List.of(4L, 4L, 4L, 4L)),
                config.size("decoder_hidden_size", 256),
                Blocks.function(config, "hidden_act", "gelu"),
                config.labels());
        boolean fits = Stream.of(
                        model.depths,
                        model.headCounts,
                        model.reductions,
                        model.patches,
                        model.strides,
                        model.ratios)
                .allMatch(list -> list.size() == model.widths.size());
        if (!fits) {
            throw new UserError(config.origin()
                    + ": hidden_sizes, depths and the other lists have different lengths; correct them");
        }
        return model;
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.SEMANTIC_SEGMENTATION, TaskHead.IMAGE_CLASSIFICATION);
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
        long side = workload.imageSize().orElse(IMAGE);
        Tensor x = graph.input("pixel_values", blocks.typeOf(Shape.of(workload.batch(), channels, side, side)));
        List<Tensor> stages = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            x = stage(blocks, x, i);
            stages.add(x);
        }
        return switch (head) {
            case SEMANTIC_SEGMENTATION -> graph.build(decoded(blocks, stages));
            case IMAGE_CLASSIFICATION -> {
                blocks.layer("classifier", "");
                Tensor mean = graph.add(
                        "mean",
                        new dev.infermark.graph.Reduce(
                                dev.infermark.graph.Reduce.Kind.MEAN,
                                List.of(2, 3),
                                dev.infermark.graph.Reduce.Axes.DROPPED),
                        x);
                yield graph.build(blocks.linear(mean, "classifier", labels));
            }
            default -> graph.build(x);
        };
    }

    private Tensor stage(Blocks blocks, Tensor image, int stage) {
        String name = "segformer.encoder.";
        blocks.layer(name + "patch_embeddings." + stage);
        long kernel = patches.get(stage);
        Spatial window = Spatial.square(kernel, strides.get(stage), kernel / 2);
        Tensor map = blocks.convolution(image, "proj", widths.get(stage), window, 1, Bias.YES);
        Tensor x = blocks.layerNorm(tokens(blocks, map, "proj.tokens"), "layer_norm");
        for (int i = 0; i < depths.get(stage); i++) {
            blocks.layer(name + "block." + stage + "." + i);
            Tensor y = blocks.add("attention.residual", x, attention(blocks, x, map.shape(), stage));
            x = blocks.add("mlp.residual", y, mixed(blocks, y, map.shape(), stage));
        }
        blocks.layer(name + "layer_norm." + stage);
        return image(blocks, blocks.layerNorm(x, "norm"), map.shape(), "image");
    }

    private Tensor attention(Blocks blocks, Tensor x, Shape map, int stage) {
        long hidden = widths.get(stage);
        long count = headCounts.get(stage);
        Attention attention = new Attention(blocks, count, hidden / count);
        Tensor in = blocks.layerNorm(x, "layer_norm_1");
        Tensor coarse = in;
        long step = reductions.get(stage);
        if (step > 1) {
            Tensor whole = image(blocks, in, map, "attention.self.image");
            Tensor small = blocks.convolution(
                    whole, "attention.self.sr", hidden, Spatial.square(step, step, 0), 1, Bias.YES);
            coarse = blocks.layerNorm(tokens(blocks, small, "attention.self.tokens"), "attention.self.layer_norm");
        }
        Tensor q = attention.split(blocks.linear(in, "attention.self.query", hidden), "query", count);
        Tensor k = attention.split(blocks.linear(coarse, "attention.self.key", hidden), "key", count);
        Tensor v = attention.split(blocks.linear(coarse, "attention.self.value", hidden), "value", count);
        Tensor context = attention.attend(q, k, v, Scale.SCORES, UnaryOperator.identity());
        return blocks.linear(context, "attention.output.dense", hidden);
    }

    /** Two products with a depthwise convolution between them. */
    private Tensor mixed(Blocks blocks, Tensor x, Shape map, int stage) {
        long inner = widths.get(stage) * ratios.get(stage);
        Tensor wide = blocks.linear(blocks.layerNorm(x, "layer_norm_2"), "mlp.dense1", inner);
        Tensor whole = image(blocks, wide, map.with(1, inner), "mlp.image");
        Tensor near = blocks.convolution(whole, "mlp.dwconv", inner, Spatial.square(3, 1, 1), inner, Bias.YES);
        Tensor active = blocks.activation(tokens(blocks, near, "mlp.tokens"), "mlp.act", activation);
        return blocks.linear(active, "mlp.dense2", widths.get(stage));
    }

    private Tensor decoded(Blocks blocks, List<Tensor> stages) {
        blocks.layer("decode_head");
        Shape first = stages.getFirst().shape();
        Shape common = first.with(1, decoder);
        List<Tensor> brought = new ArrayList<>();
        for (int i = stages.size() - 1; i >= 0; i--) {
            Tensor map = stages.get(i);
            Tensor narrow = blocks.linear(tokens(blocks, map, "tokens." + i), "linear_c." + i, decoder);
            Tensor whole = image(blocks, narrow, map.shape().with(1, decoder), "image." + i);
            brought.add(i == 0 ? whole : blocks.graph().add("resize." + i, new Resize(common, 4), whole));
        }
        Tensor all = blocks.graph().add("concat", new Concat(1), brought.toArray(Tensor[]::new));
        Tensor fused = blocks.convolution(all, "linear_fuse", decoder, Spatial.square(1, 1, 0), 1, Bias.NO);
        TensorType perChannel = blocks.typeOf(Shape.of(decoder));
        Tensor normal = blocks.graph()
                .add(
                        "batch_norm",
                        new Normalization(Normalization.Kind.BATCH),
                        fused,
                        blocks.parameter("batch_norm.weight", decoder),
                        blocks.parameter("batch_norm.bias", decoder),
                        blocks.graph().constant("batch_norm.mean", perChannel),
                        blocks.graph().constant("batch_norm.variance", perChannel));
        Tensor active = blocks.activation(normal, "relu", Function.RELU);
        return blocks.convolution(active, "classifier", labels, Spatial.square(1, 1, 0), 1, Bias.YES);
    }

    private static Tensor tokens(Blocks blocks, Tensor map, String name) {
        Shape shape = map.shape();
        long count = shape.dimension(2) * shape.dimension(3);
        Tensor flat = blocks.reshape(map, name + ".flatten", shape.dimension(0), shape.dimension(1), count);
        return blocks.transpose(flat, name, 0, 2, 1);
    }

    private static Tensor image(Blocks blocks, Tensor tokens, Shape map, String name) {
        Tensor turned = blocks.transpose(tokens, name + ".transpose", 0, 2, 1);
        return blocks.reshape(
                turned, name, map.dimension(0), map.dimension(1), map.dimension(2), map.dimension(3));
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Swin: attention within windows, which every second block moves by half of their width, and stages of which each
 * halves height and width.
 */
record Swin(
        long image,
        long patch,
        long channels,
        long embedding,
        List<Long> depths,
        List<Long> headCounts,
        long window,
        long ratio,
        Function activation,
        long labels)
        implements Architecture {

    static Architecture read(Config config) {
        config.require("use_absolute_embeddings", false);
        for (String key : List.of("num_layers", "hidden_size", "encoder_stride", "out_features", "out_indices",
                "stage_names", "path_norm")) {
            config.has(key);
        }
        Swin model = new Swin(
                config.size("image_size", 224),
                config.size("patch_size", 4),
                config.size("num_channels", 3),
                config.size("embed_dim", 96),
                config.sizes("depths", List.of(2L, 2L, 6L, 2L)),
                config.sizes("num_heads", List.of(3L, 6L, 12L, 24L)),
                config.size("window_size", 7),
                (long) config.number("mlp_ratio", 4),
                Blocks.function(config, "hidden_act", "gelu"),
                config.labels());
        config.require("qkv_bias", true);
        if (model.depths.size() != model.headCounts.size()) {
            throw new UserError(config.origin() + ": depths and num_heads have different lengths; correct one of them");
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
        long pixels = workload.imageSize().orElse(image);
        long coarsest = (patch * window) << (depths.size() - 1);
        if (pixels % coarsest != 0) {
            throw new UserError(graph.name() + " divides images into windows of " + coarsest
                    + " pixels, which do not divide " + pixels + "; give an image size that they divide");
        }
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor given = graph.input("pixel_values", blocks.typeOf(Shape.of(workload.batch(), channels, pixels, pixels)));
        blocks.layer("embeddings");
        Tensor map = blocks.convolution(
                given, "patch_embeddings.projection", embedding, Spatial.square(patch, patch, 0), 1, Bias.YES);
        Tensor x = blocks.layerNorm(blocks.transpose(map, "channels_last", 0, 2, 3, 1), "norm");
        for (int stage = 0; stage < depths.size(); stage++) {
            for (int i = 0; i < depths.get(stage); i++) {
                blocks.layer("encoder.layers." + stage + ".blocks." + i);
                x = block(blocks, x, headCounts.get(stage), i % 2 == 1 && x.shape().dimension(1) > window);
            }
            if (stage < depths.size() - 1) {
                blocks.layer("encoder.layers." + stage + ".downsample");
                x = merged(blocks, x);
            }
        }
        blocks.layer("final", "");
        x = blocks.layerNorm(x, "layernorm");
        Tensor mean = graph.add("mean", new Reduce(Reduce.Kind.MEAN, List.of(1, 2), Reduce.Axes.DROPPED), x);
        if (head == TaskHead.RAW) {
            return graph.build(x, mean);
        }
        blocks.layer("classifier", "");
        return graph.build(blocks.linear(mean, "classifier", labels));
    }

    /** A block on x [batch, height, width, channels], whose windows may be moved. */
    private Tensor block(Blocks blocks, Tensor x, long heads, boolean isMoved) {
        long width = x.shape().dimension(3);
        Tensor in = blocks.layerNorm(x, "layernorm_before");
        Tensor moved = isMoved ? rolled(blocks, in, "shift", window / 2) : in;
        Tensor attended = attention(blocks, moved, heads, isMoved);
        Tensor back = isMoved ? rolled(blocks, attended, "unshift", x.shape().dimension(1) - window / 2) : attended;
        Tensor y = blocks.add("attention.residual", x, back);
        Tensor wide = blocks.linear(blocks.layerNorm(y, "layernorm_after"), "intermediate.dense", ratio * width);
        Tensor active = blocks.activation(wide, "intermediate.activation", activation);
        return blocks.add("output.residual", y, blocks.linear(active, "output.dense", width));
    }

    private Tensor attention(Blocks blocks, Tensor x, long heads, boolean isMoved) {
        Shape shape = x.shape();
        long batch = shape.dimension(0);
        long rows = shape.dimension(1) / window;
        long columns = shape.dimension(2) / window;
        long width = shape.dimension(3);
        Tensor cut = blocks.reshape(x, "windows.view", batch, rows, window, columns, window, width);
        Tensor grouped = blocks.transpose(cut, "windows", 0, 1, 3, 2, 4, 5);
        long tokens = window * window;
        Tensor each = blocks.reshape(grouped, "windows.flatten", batch * rows * columns, tokens, width);
        Attention attention = new Attention(blocks, heads, width / heads);
        Tensor q = attention.split(blocks.linear(each, "attention.self.query", width), "query", heads);
        Tensor k = attention.split(blocks.linear(each, "attention.self.key", width), "key", heads);
        Tensor v = attention.split(blocks.linear(each, "attention.self.value", width), "value", heads);
        Tensor bias = distances(blocks, tokens, heads);
        Tensor context = attention.attend(q, k, v, Scale.SCORES, scores -> {
            Tensor placed = blocks.add("attention.position_bias", scores, bias);
            return isMoved ? blocks.add("attention.mask", placed, seams(blocks, scores)) : placed;
        });
        Tensor out = blocks.linear(context, "attention.output.dense", width);
        Tensor apart = blocks.reshape(out, "joined.view", batch, rows, columns, window, window, width);
        Tensor ordered = blocks.transpose(apart, "joined", 0, 1, 3, 2, 4, 5);
        return blocks.reshape(ordered, "joined.flatten", batch, shape.dimension(1), shape.dimension(2), width);
    }

    /** What keeps parts of a moved window apart that lay on opposite sides of the image, the same for all heads. */
    private static Tensor seams(Blocks blocks, Tensor scores) {
        return blocks.constant(
                "attention_mask",
                scores.shape().dimension(0),
                1,
                scores.shape().dimension(2),
                scores.shape().dimension(3));
    }

    private Tensor distances(Blocks blocks, long tokens, long heads) {
        long span = 2 * window - 1;
        Tensor table = blocks.parameter("relative_position_bias_table", span * span, heads);
        Tensor values = blocks.lookUp(
                blocks.constantIds("relative_position_index", tokens, tokens), "relative_position_bias", table);
        Tensor turned = blocks.transpose(values, "relative_position_bias.permute", 2, 0, 1);
        return blocks.reshape(turned, "relative_position_bias.view", 1, heads, tokens, tokens);
    }

    /** The image with its first rows and columns moved to its end. */
    private static Tensor rolled(Blocks blocks, Tensor x, String name, long by) {
        Tensor y = x;
        for (int axis = 1; axis <= 2; axis++) {
            long size = y.shape().dimension(axis);
            List<Tensor> parts = blocks.graph()
                    .addAll(name + ".parts." + axis, Slice.split(axis, List.of(by, size - by)), List.of(y));
            y = blocks.graph().add(name + "." + axis, new Concat(axis), parts.get(1), parts.get(0));
        }
        return y;
    }

    /** Four neighbours side by side, normalised and narrowed to twice the channels. */
    private static Tensor merged(Blocks blocks, Tensor x) {
        Shape shape = x.shape();
        List<Tensor> corners = new ArrayList<>();
        for (long column = 0; column < 2; column++) {
            for (long row = 0; row < 2; row++) {
                Slice.Part rows = new Slice.Part(row, shape.dimension(1) / 2, 2);
                Slice.Part columns = new Slice.Part(column, shape.dimension(2) / 2, 2);
                Tensor half = blocks.graph().add("rows." + row + column, new Slice(1, List.of(rows)), x);
                corners.add(blocks.graph().add("corner." + row + column, new Slice(2, List.of(columns)), half));
            }
        }
        Tensor joined = blocks.graph().add("concat", new Concat(-1), corners.toArray(Tensor[]::new));
        return blocks.linear(blocks.layerNorm(joined, "norm"), "reduction", 2 * shape.dimension(3), Bias.NO);
    }
}

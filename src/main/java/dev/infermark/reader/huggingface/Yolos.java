package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * YOLOS: a vision transformer whose last tokens are told to be objects.
 *
 * @param image height and width in pixels
 * @param objects tokens that become objects
 * @param middle whether positions are added again after each layer
 */
record Yolos(
        List<Long> image,
        long patch,
        long channels,
        long hidden,
        long objects,
        Middle middle,
        PreNormLayer layer,
        int layers,
        long labels)
        implements Architecture {
    private static final LayerNames NAMES = new LayerNames(
            "attention.attention.query",
            "attention.attention.key",
            "attention.attention.value",
            "attention.output.dense",
            "layernorm_before",
            "intermediate.dense",
            "output.dense",
            "layernorm_after");

    /** Whether positions are added again after each layer. */
    enum Middle {
        POSITIONS,
        NONE
    }

    static Architecture read(Config config) {
        for (String key : List.of("auxiliary_loss", "class_cost", "bbox_cost", "giou_cost")) {
            config.has(key);
        }
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        List<Long> image = config.sizes("image_size", List.of(512L, 864L));
        long patch = config.size("patch_size", 16);
        if (image.size() != 2 || image.stream().anyMatch(side -> side < patch)) {
            throw new UserError(config.origin() + ": image_size " + image
                    + " is no height and width of at least one patch of " + patch + "; correct one of them");
        }
        return new Yolos(
                image,
                patch,
                config.size("num_channels", 3),
                hidden,
                config.size("num_detection_tokens", 100),
                config.flag("use_mid_position_embeddings", true) ? Middle.POSITIONS : Middle.NONE,
                new PreNormLayer(
                        NAMES,
                        heads,
                        config.size("intermediate_size"),
                        Scale.SCORES,
                        Bias.of(config.flag("qkv_bias", true)),
                        Blocks.function(config, "hidden_act", "gelu")),
                config.layers("num_hidden_layers"),
                config.labels());
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.OBJECT_DETECTION);
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
        long batch = workload.batch();
        long height = workload.imageSize().orElse(image.get(0));
        long width = workload.imageSize().orElse(image.get(1));
        Tensor pixels = graph.input("pixel_values", blocks.typeOf(Shape.of(batch, channels, height, width)));
        blocks.layer("embeddings");
        Spatial cut = Spatial.square(patch, patch, 0);
        Tensor map = blocks.convolution(pixels, "patch_embeddings.projection", hidden, cut, 1, Bias.YES);
        long count = map.shape().dimension(2) * map.shape().dimension(3);
        Tensor flat = blocks.transpose(blocks.reshape(map, "flatten", batch, hidden, count), "tokens", 0, 2, 1);
        Tensor x = graph.add(
                "concat",
                new Concat(1),
                learned(blocks, "cls_token", batch, 1),
                flat,
                learned(blocks, "detection_tokens", batch, objects));
        x = blocks.add("add_positions", x, places(blocks, "position_embeddings", x.shape().dimension(1)));
        for (int i = 0; i < layers; i++) {
            blocks.layer("encoder.layer." + i);
            x = layer.apply(blocks, x, UnaryOperator.identity());
            if (middle == Middle.POSITIONS && i < layers - 1) {
                x = blocks.add("mid_positions", x, places(blocks, "mid_position_embeddings", x.shape().dimension(1)));
            }
        }
        blocks.layer("final", "");
        x = blocks.layerNorm(x, "layernorm");
        if (head == TaskHead.RAW) {
            return graph.build(x);
        }
        Tensor found = graph.add("objects", Slice.of(1, 1 + count, objects), x);
        Tensor classes = DetectionHead.layers(blocks, found, "class_labels_classifier", 3, labels + 1);
        return graph.build(classes, DetectionHead.boxes(blocks, found, "bbox_predictor"));
    }

    private Tensor learned(Blocks blocks, String name, long batch, long count) {
        return blocks.graph()
                .add(name, new Expand(Shape.of(batch, count, hidden)), blocks.parameter(name, 1, count, hidden));
    }

    /** The table of training; another size's is interpolated when the model is traced. */
    private Tensor places(Blocks blocks, String name, long tokens) {
        long trained = (image.get(0) / patch) * (image.get(1) / patch) + 1 + objects;
        return tokens == trained
                ? blocks.parameter(name, 1, tokens, hidden)
                : blocks.constant(name + ".interpolated", 1, tokens, hidden);
    }
}

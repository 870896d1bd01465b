package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** DETR: a ResNet with fixed statistics, an encoder over its last image, and a decoder of object queries. */
record Detr(
        List<Integer> blocksOfStages,
        long hidden,
        int encoderLayers,
        int decoderLayers,
        long attentionHeads,
        long inner,
        long queries,
        Function activation,
        long labels)
        implements Architecture {
    private static final Map<String, List<Integer>> BACKBONES =
            Map.of("resnet50", List.of(3, 4, 6, 3), "resnet101", List.of(3, 4, 23, 3));
    private static final long IMAGE = 800;
    private static final long EXPANSION = 4;

    static Architecture read(Config config) {
        Stream.of(
                        "use_timm_backbone",
                        "use_pretrained_backbone",
                        "backbone_config",
                        "backbone_kwargs",
                        "num_hidden_layers",
                        "auxiliary_loss",
                        "position_embedding_type",
                        "scale_embedding",
                        "max_position_embeddings")
                .forEach(config::has);
        config.require("dilation", false);
        String backbone = config.text("backbone", "resnet50").replace("microsoft/", "").replace("-", "");
        if (!BACKBONES.containsKey(backbone)) {
            throw new UserError(config.origin() + ": backbone \"" + backbone
                    + "\" is not modelled, only resnet50 and resnet101");
        }
        long hidden = config.size("d_model", 256);
        long heads = config.size("encoder_attention_heads", 8);
        config.perHead("d_model", hidden, heads);
        config.size("decoder_attention_heads", heads);
        config.size("decoder_ffn_dim", 2048);
        return new Detr(
                BACKBONES.get(backbone),
                hidden,
                config.layers("encoder_layers", 6),
                config.layers("decoder_layers", 6),
                heads,
                config.size("encoder_ffn_dim", 2048),
                config.size("num_queries", 100),
                Blocks.function(config, "activation_function", "relu"),
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
        long side = workload.imageSize().orElse(IMAGE);
        long batch = workload.batch();
        Tensor map = backbone(blocks, graph.input("pixel_values", blocks.typeOf(Shape.of(batch, 3, side, side))));
        blocks.layer("input_projection", "");
        map = blocks.convolution(map, "input_projection", hidden, Spatial.square(1, 1, 0), 1, Bias.YES);
        long count = map.shape().dimension(2) * map.shape().dimension(3);
        Tensor x = blocks.transpose(blocks.reshape(map, "flatten", batch, hidden, count), "tokens", 0, 2, 1);
        Tensor places = blocks.shared("position_embeddings", 1, count, hidden);
        for (int i : blocks.equalLayers("encoder.layers.", encoderLayers)) {
            blocks.layer("encoder.layers." + i);
            x = feedForward(blocks, attended(blocks, x, places, x, places, "self_attn"));
        }
        blocks.layer("decoder", "");
        Tensor objects = blocks.parameter("query_position_embeddings.weight", queries, hidden);
        Tensor found = blocks.shared("decoder.start", batch, queries, hidden);
        for (int i : blocks.equalLayers("decoder.layers.", decoderLayers)) {
            blocks.layer("decoder.layers." + i);
            found = attended(blocks, found, objects, found, objects, "self_attn");
            found = feedForward(blocks, attended(blocks, found, objects, x, places, "encoder_attn"));
        }
        blocks.layer("decoder.final", "decoder");
        found = blocks.layerNorm(found, "layernorm");
        if (head == TaskHead.RAW) {
            return graph.build(found, x);
        }
        blocks.layer("heads", "");
        Tensor classes = blocks.linear(found, "class_labels_classifier", labels + 1);
        return graph.build(classes, DetectionHead.boxes(blocks, found, "bbox_predictor"));
    }

    /** Attention whose queries and keys know where they are and whose values do not; a norm after it. */
    private Tensor attended(Blocks blocks, Tensor x, Tensor xPlaces, Tensor seen, Tensor seenPlaces, String name) {
        Attention attention = new Attention(blocks, attentionHeads, hidden / attentionHeads);
        Tensor asking = blocks.add(name + ".queries", x, xPlaces);
        Tensor keyed = blocks.add(name + ".keys", seen, seenPlaces);
        Tensor q = attention.split(blocks.linear(asking, name + ".q_proj", hidden), name + ".q", attentionHeads);
        Tensor k = attention.split(blocks.linear(keyed, name + ".k_proj", hidden), name + ".k", attentionHeads);
        Tensor v = attention.split(blocks.linear(seen, name + ".v_proj", hidden), name + ".v", attentionHeads);
        Tensor context = attention.attend(q, k, v, Scale.QUERIES, UnaryOperator.identity());
        Tensor sum = blocks.add(name + ".residual", x, blocks.linear(context, name + ".out_proj", hidden));
        return blocks.layerNorm(sum, name + "_layer_norm");
    }

    private Tensor feedForward(Blocks blocks, Tensor x) {
        Tensor wide = blocks.activation(blocks.linear(x, "fc1", inner), "activation", activation);
        return blocks.layerNorm(blocks.add("residual", x, blocks.linear(wide, "fc2", hidden)), "final_layer_norm");
    }

    private Tensor backbone(Blocks blocks, Tensor pixels) {
        blocks.layer("backbone.stem");
        Tensor x = normed(blocks, convolved(blocks, pixels, "conv1", 64, 7, 2), "bn1", Function.RELU);
        x = blocks.graph()
                .add("maxpool", new Pool(Pool.Kind.MAX, Spatial.square(3, 2, 1), Spatial.Rounding.DOWN), x);
        long width = 64;
        for (int stage = 0; stage < blocksOfStages.size(); stage++) {
            for (int i = 0; i < blocksOfStages.get(stage); i++) {
                blocks.layer("backbone.layer" + (stage + 1) + "." + i);
                x = bottleneck(blocks, x, width, stage > 0 && i == 0 ? 2 : 1);
            }
            width *= 2;
        }
        return x;
    }

    private static Tensor bottleneck(Blocks blocks, Tensor x, long width, long stride) {
        Tensor y = normed(blocks, convolved(blocks, x, "conv1", width, 1, 1), "bn1", Function.RELU);
        y = normed(blocks, convolved(blocks, y, "conv2", width, 3, stride), "bn2", Function.RELU);
        y = normed(blocks, convolved(blocks, y, "conv3", EXPANSION * width, 1, 1), "bn3", Function.IDENTITY);
        Tensor shortcut = x.shape().dimension(1) == EXPANSION * width
                ? x
                : normed(
                        blocks,
                        convolved(blocks, x, "downsample.0", EXPANSION * width, 1, stride),
                        "downsample.1",
                        Function.IDENTITY);
        return blocks.activation(blocks.add("residual", y, shortcut), "relu", Function.RELU);
    }

    private static Tensor convolved(Blocks blocks, Tensor x, String name, long filters, long kernel, long stride) {
        return blocks.convolution(x, name, filters, Spatial.square(kernel, stride, kernel / 2), 1, Bias.NO);
    }

    /** By statistics, scale and shift that are fixed and therefore no parameters. */
    private static Tensor normed(Blocks blocks, Tensor x, String name, Function function) {
        long channels = x.shape().dimension(1);
        Tensor y = blocks.graph()
                .add(
                        name,
                        new Normalization(Normalization.Kind.BATCH),
                        x,
                        blocks.constant(name + ".weight", channels),
                        blocks.constant(name + ".bias", channels),
                        blocks.constant(name + ".running_mean", channels),
                        blocks.constant(name + ".running_var", channels));
        return function == Function.IDENTITY ? y : blocks.activation(y, name + ".relu", function);
    }
}

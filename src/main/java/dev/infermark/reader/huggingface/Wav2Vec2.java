package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Seq2SeqLayer.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Wav2Vec 2.0: convolutions over samples of audio, a convolution that tells positions, and an encoder.
 *
 * @param filters channels of each convolution over time
 * @param kernels their windows
 * @param strides their steps
 * @param convolutionBias whether they have biases
 * @param norm which of them are normalised
 * @param window of the convolution that tells positions
 * @param groups of that convolution
 * @param layer the encoder's layers
 * @param letters what a frame is told to be
 */
record Wav2Vec2(
        List<Long> filters,
        List<Long> kernels,
        List<Long> strides,
        Bias convolutionBias,
        FeatureNorm norm,
        long window,
        long groups,
        Seq2SeqLayer layer,
        int layers,
        long letters)
        implements Architecture {
    private static final double SAMPLES_PER_SECOND = 16_000;
    private static final double DEFAULT_SECONDS = 10;
    private static final List<Long> FILTERS = List.of(512L, 512L, 512L, 512L, 512L, 512L, 512L);
    private static final List<Long> KERNELS = List.of(10L, 3L, 3L, 3L, 3L, 2L, 2L);
    private static final List<Long> STRIDES = List.of(5L, 2L, 2L, 2L, 2L, 2L, 2L);

    /** How the convolutions over time are normalised. */
    enum FeatureNorm {
        /** The first, channel by channel. */
        GROUP,
        /** Each, over its channels. */
        LAYER
    }

    static Architecture read(Config config) {
        config.require("add_adapter", false);
        config.require("adapter_attn_dim", "none");
        for (String key : List.of("num_feat_extract_layers", "feat_extract_activation", "output_hidden_size",
                "num_adapter_layers", "adapter_stride", "adapter_kernel_size", "tdnn_dim", "tdnn_dilation",
                "tdnn_kernel", "xvector_output_dim", "use_weighted_layer_sum")) {
            config.has(key);
        }
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, heads);
        Wav2Vec2 model = new Wav2Vec2(
                config.sizes("conv_dim", FILTERS),
                config.sizes("conv_kernel", KERNELS),
                config.sizes("conv_stride", STRIDES),
                Bias.of(config.flag("conv_bias", false)),
                config.text("feat_extract_norm", "group").equals("layer") ? FeatureNorm.LAYER : FeatureNorm.GROUP,
                config.size("num_conv_pos_embeddings", 128),
                config.size("num_conv_pos_embedding_groups", 16),
                new Seq2SeqLayer(
                        hidden,
                        heads,
                        config.size("intermediate_size"),
                        Blocks.function(config, "hidden_act", "gelu"),
                        config.flag("do_stable_layer_norm", false) ? Place.BEFORE : Place.AFTER,
                        Bias.YES),
                config.layers("num_hidden_layers"),
                config.size("vocab_size", 32));
        if (model.filters.size() != model.kernels.size() || model.filters.size() != model.strides.size()) {
            throw new UserError(config.origin()
                    + ": conv_dim, conv_kernel and conv_stride have different lengths; correct one of them");
        }
        return model;
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.CTC);
    }

    @Override
    public Modality modality() {
        return Modality.AUDIO;
    }

    @Override
    public long positions() {
        return 0;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        long samples = Math.round(workload.seconds().orElse(DEFAULT_SECONDS) * SAMPLES_PER_SECOND);
        Tensor x = graph.input("input_values", blocks.typeOf(Shape.of(workload.batch(), samples)));
        blocks.layer("feature_extractor");
        x = blocks.reshape(x, "channel", workload.batch(), 1, samples);
        for (int i = 0; i < filters.size(); i++) {
            blocks.layer("feature_extractor.conv_layers." + i);
            x = heard(blocks, x, i);
        }
        blocks.layer("feature_projection");
        x = blocks.layerNorm(blocks.transpose(x, "frames", 0, 2, 1), "layer_norm");
        x = blocks.linear(x, "projection", layer.hidden());
        blocks.layer("encoder");
        x = blocks.add("add_positions", x, positions(blocks, x));
        if (layer.place() == Place.AFTER) {
            x = blocks.layerNorm(x, "layer_norm");
        }
        KeyValueCache none = new KeyValueCache(blocks, 0);
        for (int i : blocks.equalLayers("encoder.layers.", layers)) {
            blocks.layer("encoder.layers." + i);
            x = layer.feedForward(blocks, layer.selfAttention(blocks, x, UnaryOperator.identity(), none, i));
        }
        if (layer.place() == Place.BEFORE) {
            blocks.layer("encoder");
            x = blocks.layerNorm(x, "layer_norm");
        }
        blocks.layer("lm_head", "");
        return graph.build(head == TaskHead.CTC ? blocks.linear(x, "lm_head", letters) : x);
    }

    private Tensor heard(Blocks blocks, Tensor x, int index) {
        long count = filters.get(index);
        List<Long> none = List.of(0L);
        Spatial step = new Spatial(
                List.of(kernels.get(index)), List.of(strides.get(index)), List.of(1L), none, none);
        List<Tensor> operands = new ArrayList<>(
                List.of(x, blocks.parameter("conv.weight", count, x.shape().dimension(1), kernels.get(index))));
        if (convolutionBias == Bias.YES) {
            operands.add(blocks.parameter("conv.bias", count));
        }
        Tensor y = blocks.graph().add("conv", new Convolution(step, 1), operands.toArray(Tensor[]::new));
        if (norm == FeatureNorm.LAYER) {
            Tensor frames = blocks.layerNorm(blocks.transpose(y, "frames", 0, 2, 1), "layer_norm");
            y = blocks.transpose(frames, "channels", 0, 2, 1);
        } else if (index == 0) {
            y = blocks.graph()
                    .add(
                            "layer_norm",
                            new Normalization(Normalization.Kind.GROUP, count),
                            y,
                            blocks.parameter("layer_norm.weight", count),
                            blocks.parameter("layer_norm.bias", count));
        }
        return blocks.activation(y, "activation", Function.GELU);
    }

    /** A grouped convolution over the frames; its weights are stored by direction and length. */
    private Tensor positions(Blocks blocks, Tensor x) {
        long hidden = layer.hidden();
        Tensor channels = blocks.transpose(x, "pos_conv.channels", 0, 2, 1);
        Spatial wide = new Spatial(
                List.of(window), List.of(1L), List.of(1L), List.of(window / 2), List.of(window / 2));
        Tensor placed = blocks.graph()
                .add(
                        "pos_conv_embed.conv",
                        new Convolution(wide, groups),
                        channels,
                        blocks.parameter("pos_conv_embed.conv.weight", hidden, hidden / groups, window),
                        blocks.parameter("pos_conv_embed.conv.bias", hidden));
        long frames = x.shape().dimension(1);
        Tensor cut = blocks.graph().add("pos_conv_embed.cut", Slice.of(2, 0, frames), placed);
        Tensor active = blocks.activation(cut, "pos_conv_embed.activation", Function.GELU);
        return blocks.transpose(active, "pos_conv_embed.frames", 0, 2, 1);
    }
}

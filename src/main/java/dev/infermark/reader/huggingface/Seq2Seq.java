package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Seq2SeqLayer.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * BART, Marian and Whisper: an encoder of texts or of audio, and a decoder that also attends to it; absolute positions.
 *
 * <p>With cached tokens the graph is one step of the decoder alone, as of {@link EncoderDecoder}.
 *
 * @param kind which of them
 * @param encoder the encoder's layers
 * @param decoder the decoder's layers
 * @param vocabulary rows of the word embedding
 * @param bins of the spectrum of audio
 * @param encoderPositions tokens or frames of the encoder
 * @param decoderPositions tokens of the decoder
 */
record Seq2Seq(
        Kind kind,
        Seq2SeqLayer encoder,
        int encoderLayers,
        Seq2SeqLayer decoder,
        int decoderLayers,
        long vocabulary,
        long bins,
        long encoderPositions,
        long decoderPositions,
        Cache cache)
        implements Architecture {
    private static final double FRAMES_PER_SECOND = 50;
    private static final long MEL_BINS = 80;

    /** In what they differ. */
    enum Kind {
        /** A norm after the embeddings, positions that start after two unused rows. */
        BART,
        /** Fixed positions, stored as a table. */
        MARIAN,
        /** An encoder of audio, norms before each part and after the last layer. */
        WHISPER
    }

    static Architecture readBart(Config config) {
        config.require("add_final_layer_norm", false);
        config.require("add_bias_logits", false);
        config.has("scale_embedding");
        config.has("num_hidden_layers");
        long positions = config.size("max_position_embeddings");
        return read(config, Kind.BART, positions, positions);
    }

    static Architecture readMarian(Config config) {
        config.require("share_encoder_decoder_embeddings", true);
        for (String key : List.of(
                "scale_embedding",
                "num_hidden_layers",
                "decoder_vocab_size",
                "add_final_layer_norm",
                "add_bias_logits",
                "static_position_embeddings")) {
            config.has(key);
        }
        long positions = config.size("max_position_embeddings");
        return read(config, Kind.MARIAN, positions, positions);
    }

    static Architecture readWhisper(Config config) {
        config.has("scale_embedding");
        config.has("num_hidden_layers");
        return read(config, Kind.WHISPER, config.size("max_source_positions"), config.size("max_target_positions"));
    }

    private static Architecture read(Config config, Kind kind, long encoderPositions, long decoderPositions) {
        return new Seq2Seq(
                kind,
                layer(config, kind, "encoder"),
                config.layers("encoder_layers"),
                layer(config, kind, "decoder"),
                config.layers("decoder_layers"),
                config.size("vocab_size"),
                kind == Kind.WHISPER ? config.size("num_mel_bins", MEL_BINS) : 0,
                encoderPositions,
                decoderPositions,
                Cache.of(config));
    }

    private static Seq2SeqLayer layer(Config config, Kind kind, String side) {
        long hidden = config.size("d_model");
        long heads = config.size(side + "_attention_heads");
        config.perHead("d_model", hidden, heads);
        return new Seq2SeqLayer(
                hidden,
                heads,
                config.size(side + "_ffn_dim"),
                Blocks.function(config, "activation_function", "gelu"),
                kind == Kind.WHISPER ? Place.BEFORE : Place.AFTER,
                Bias.of(kind != Kind.WHISPER));
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.CAUSAL_LM, TaskHead.NEXT_TOKEN);
    }

    @Override
    public Modality modality() {
        return kind == Kind.WHISPER ? Modality.AUDIO_AND_TEXT : Modality.TWO_TEXTS;
    }

    @Override
    public long positions() {
        return kind == Kind.WHISPER ? Long.MAX_VALUE : encoderPositions;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor table = blocks.parameter("shared.weight", vocabulary, decoder.hidden());
        UnaryOperator<Tensor> padding = UnaryOperator.identity();
        long length = kind == Kind.WHISPER ? frames(graph.name(), workload) : workload.sequenceLength().orElseThrow();
        if (kind != Kind.WHISPER) {
            Tensor given = blocks.tokens("attention_mask", workload.batch(), length);
            blocks.layer("encoder");
            Tensor mask = blocks.paddingMask(given);
            padding = scores -> blocks.add("attention.mask", scores, mask);
        }
        List<Tensor> encoded = workload.cachedTokens() == 0
                ? List.of(encode(blocks, workload, table, length, padding))
                : List.of();
        KeyValueCache keyValues = new KeyValueCache(blocks, workload.cachedTokens());
        Tensor x = decode(blocks, workload, table, length, padding, encoded, keyValues);
        List<Tensor> outputs = new ArrayList<>();
        blocks.layer("lm_head", "");
        Tensor wanted = head == TaskHead.NEXT_TOKEN ? blocks.lastToken(x) : x;
        outputs.add(head == TaskHead.RAW ? x : blocks.tied(wanted, "lm_head", table));
        if (cache.isReturned(workload, head)) {
            outputs.addAll(keyValues.fresh());
        }
        if (head != TaskHead.NEXT_TOKEN) {
            outputs.addAll(encoded);
        }
        return graph.build(outputs.toArray(Tensor[]::new));
    }

    /** Frames of the encoder: 50 a second, by default as many as it has positions. */
    @Override
    public long frames(String name, Workload workload) {
        long frames = workload.seconds().isPresent()
                ? Math.max(1, Math.round(workload.seconds().getAsDouble() * FRAMES_PER_SECOND))
                : encoderPositions;
        if (frames > encoderPositions) {
            throw new UserError(name + " has positions for " + encoderPositions / FRAMES_PER_SECOND
                    + " seconds of audio; give fewer seconds");
        }
        return frames;
    }

    private Tensor encode(Blocks blocks, Workload workload, Tensor table, long length, UnaryOperator<Tensor> padding) {
        blocks.layer("encoder.embeddings", "encoder");
        Tensor x = kind == Kind.WHISPER
                ? spectrum(blocks, workload.batch(), length)
                : blocks.lookUp(blocks.tokens("input_ids", workload.batch(), length), "embed_tokens", table);
        x = placed(blocks, x, encoderPositions);
        KeyValueCache none = new KeyValueCache(blocks, 0);
        for (int i : blocks.equalLayers("encoder.layers.", encoderLayers)) {
            blocks.layer("encoder.layers." + i);
            x = encoder.feedForward(blocks, encoder.selfAttention(blocks, x, padding, none, i));
        }
        blocks.layer("encoder.final", "encoder");
        return kind == Kind.WHISPER ? blocks.layerNorm(x, "layer_norm") : x;
    }

    /** Two convolutions over time, of which the second halves it: [batch, frames, hidden]. */
    private Tensor spectrum(Blocks blocks, long batch, long frames) {
        Tensor bands = blocks.graph().input("input_features", blocks.typeOf(Shape.of(batch, bins, 2 * frames)));
        Tensor first = convolved(blocks, bands, "conv1", 1);
        Tensor second = convolved(blocks, first, "conv2", 2);
        return blocks.transpose(second, "frames", 0, 2, 1);
    }

    private Tensor convolved(Blocks blocks, Tensor x, String name, long stride) {
        Spatial window = new Spatial(List.of(3L), List.of(stride), List.of(1L), List.of(1L), List.of(1L));
        Tensor y = blocks.graph()
                .add(
                        name,
                        new Convolution(window, 1),
                        x,
                        blocks.parameter(name + ".weight", encoder.hidden(), x.shape().dimension(1), 3),
                        blocks.parameter(name + ".bias", encoder.hidden()));
        return blocks.activation(y, name + ".activation", Function.GELU);
    }

    private Tensor placed(Blocks blocks, Tensor x, long positions) {
        long offset = kind == Kind.BART ? 2 : 0;
        Tensor places = blocks.embedding(
                blocks.constantIds("position_ids", 1, x.shape().dimension(1)),
                "embed_positions",
                positions + offset,
                x.shape().dimension(2));
        Tensor sum = blocks.add("add_positions", x, places);
        return kind == Kind.BART ? blocks.layerNorm(sum, "layernorm_embedding") : sum;
    }

    private Tensor decode(
            Blocks blocks,
            Workload workload,
            Tensor table,
            long length,
            UnaryOperator<Tensor> padding,
            List<Tensor> encoded,
            KeyValueCache keyValues) {
        long tokens = workload.targetLength().orElse(1);
        blocks.layer("decoder.embeddings", "decoder");
        Tensor ids = blocks.tokens("decoder_input_ids", workload.batch(), tokens);
        Tensor x = placed(blocks, blocks.lookUp(ids, "embed_tokens", table), decoderPositions);
        Tensor causal = blocks.constant("causal_mask", 1, 1, tokens, workload.cachedTokens() + tokens);
        UnaryOperator<Tensor> earlier = scores -> blocks.add("attention.causal", scores, causal);
        for (int i = 0; i < decoderLayers; i++) {
            blocks.layer("decoder.layers." + i);
            x = decoder.selfAttention(blocks, x, earlier, keyValues, i);
            List<Tensor> memory = encoded.isEmpty()
                    ? kept(keyValues, i, workload.batch(), length)
                    : keyValues.remembered(decoder.memory(blocks, encoded.getFirst()));
            x = decoder.feedForward(blocks, decoder.crossAttention(blocks, x, memory, padding));
        }
        blocks.layer("decoder.final", "decoder");
        return kind == Kind.WHISPER ? blocks.layerNorm(x, "layer_norm") : x;
    }

    private List<Tensor> kept(KeyValueCache keyValues, int layer, long batch, long length) {
        Shape shape = Shape.of(batch, decoder.heads(), length, decoder.hidden() / decoder.heads());
        return List.of(
                keyValues.kept(layer + ".encoder.key", shape), keyValues.kept(layer + ".encoder.value", shape));
    }
}

package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * T5 and Flan-T5: an encoder, and a decoder that also attends to it; relative positions, no biases.
 *
 * <p>With cached tokens the graph is one step of the decoder alone, which is given the keys and values of its earlier
 * tokens and of the encoder's output.
 */
record EncoderDecoder(
        T5Stack stack,
        long vocabulary,
        int encoderLayers,
        int decoderLayers,
        OutputTable output,
        Cache cache)
        implements Architecture {
    private static final long BUCKETS = 32;

    static Architecture read(Config config) {
        String feedForward = config.text("feed_forward_proj", "relu");
        int layers = config.layers("num_layers");
        T5Stack stack = new T5Stack(
                config.size("d_model"),
                config.size("num_heads"),
                config.size("d_kv"),
                config.size("d_ff"),
                config.size("relative_attention_num_buckets", BUCKETS),
                feedForward.startsWith("gated-") ? T5Stack.Gate.PRESENT : T5Stack.Gate.ABSENT,
                activation(config, feedForward));
        return new EncoderDecoder(
                stack,
                config.size("vocab_size"),
                layers,
                config.layers("num_decoder_layers", layers),
                OutputTable.of(config, true),
                Cache.of(config));
    }

    private static Function activation(Config config, String feedForward) {
        // The framework takes this one name to mean the tanh approximation.
        return feedForward.equals("gated-gelu")
                ? Function.GELU_TANH
                : Blocks.functionNamed(config, "feed_forward_proj", feedForward.replaceFirst("^gated-", ""));
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.CAUSAL_LM, TaskHead.NEXT_TOKEN);
    }

    @Override
    public Modality modality() {
        return Modality.TWO_TEXTS;
    }

    @Override
    public long positions() {
        return Long.MAX_VALUE;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor table = blocks.parameter("shared.weight", vocabulary, stack.hidden());
        Tensor attentionMask = blocks.tokens(
                "attention_mask", workload.batch(), workload.sequenceLength().orElseThrow());
        blocks.layer("encoder");
        Tensor padding = blocks.paddingMask(attentionMask);
        List<Tensor> encoded = workload.cachedTokens() == 0
                ? List.of(encoder(blocks, table, attentionMask, padding))
                : List.of();
        KeyValueCache keyValues = new KeyValueCache(blocks, workload.cachedTokens());
        Tensor x = decoder(blocks, workload, table, padding, encoded, keyValues);
        List<Tensor> outputs = new ArrayList<>();
        outputs.add(result(blocks, x, table, head));
        if (cache.isReturned(workload, head)) {
            outputs.addAll(keyValues.fresh());
        }
        if (head != TaskHead.NEXT_TOKEN) {
            outputs.addAll(encoded);
        }
        return graph.build(outputs.toArray(Tensor[]::new));
    }

    private Tensor decoder(
            Blocks blocks,
            Workload workload,
            Tensor table,
            Tensor padding,
            List<Tensor> encoded,
            KeyValueCache keyValues) {
        long tokens = workload.targetLength().orElse(1);
        long keys = workload.cachedTokens() + tokens;
        blocks.layer("decoder");
        Tensor x = blocks.lookUp(blocks.tokens("decoder_input_ids", workload.batch(), tokens), "embed_tokens", table);
        Tensor causal = blocks.constant("causal_mask", 1, 1, tokens, keys);
        Tensor bias = blocks.add("position_bias", stack.positionBias(blocks, "decoder", tokens, keys), causal);
        for (int i = 0; i < decoderLayers; i++) {
            blocks.layer("decoder.block." + i);
            x = stack.selfAttention(blocks, x, bias, keyValues, i);
            x = stack.crossAttention(blocks, x, memory(blocks, i, padding, encoded, keyValues), padding);
            x = stack.feedForward(blocks, x, "layer.2");
        }
        blocks.layer("decoder.final", "decoder");
        return blocks.rmsNorm(x, "final_layer_norm");
    }

    /** Keys and values of the encoder's output: computed with the first tokens, in the cache from then on. */
    private List<Tensor> memory(
            Blocks blocks, int layer, Tensor padding, List<Tensor> encoded, KeyValueCache keyValues) {
        if (!encoded.isEmpty()) {
            return keyValues.remembered(stack.memory(blocks, encoded.getFirst()));
        }
        Shape shape = Shape.of(
                padding.shape().dimension(0), stack.heads(), padding.shape().dimension(3), stack.width());
        return List.of(
                keyValues.kept(layer + ".encoder.key", shape), keyValues.kept(layer + ".encoder.value", shape));
    }

    private Tensor encoder(Blocks blocks, Tensor table, Tensor attentionMask, Tensor padding) {
        long batch = attentionMask.shape().dimension(0);
        long length = attentionMask.shape().dimension(1);
        Tensor x = blocks.lookUp(blocks.tokens("input_ids", batch, length), "embed_tokens", table);
        Tensor bias = blocks.add("position_bias", stack.positionBias(blocks, "encoder", length, length), padding);
        for (int i : blocks.equalLayers("encoder.block.", encoderLayers)) {
            blocks.layer("encoder.block." + i);
            x = stack.feedForward(blocks, stack.selfAttention(blocks, x, bias), "layer.1");
        }
        blocks.layer("encoder.final", "encoder");
        return blocks.rmsNorm(x, "final_layer_norm");
    }

    private Tensor result(Blocks blocks, Tensor x, Tensor table, TaskHead head) {
        if (head == TaskHead.RAW) {
            return x;
        }
        blocks.layer("lm_head", "");
        Tensor wanted = head == TaskHead.NEXT_TOKEN ? blocks.lastToken(x) : x;
        return switch (output) {
            case TIED -> blocks.tied(blocks.multiply("scale", wanted, blocks.constant("scale", 1)), "lm_head", table);
            case OWN -> blocks.linear(wanted, "lm_head", vocabulary, Bias.NO);
        };
    }
}

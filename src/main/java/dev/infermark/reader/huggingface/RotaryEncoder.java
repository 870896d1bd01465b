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

/**
 * ESM-2 and ModernBERT: encoders that normalise before each part and turn queries and keys by their positions.
 *
 * @param kind which of the two
 * @param vocabulary rows of the word embedding
 * @param hidden width of the layers
 * @param layers number of layers
 * @param attentionHeads attention heads
 * @param inner width inside the feed-forward part
 * @param positions tokens that a sequence may have
 * @param labels classes of a classifier
 * @param activation function inside the feed-forward part
 */
record RotaryEncoder(
        Kind kind,
        long vocabulary,
        long hidden,
        int layers,
        long attentionHeads,
        long inner,
        long positions,
        long labels,
        Function activation)
        implements Architecture {

    /** In what the two differ. */
    enum Kind {
        /** Biases, layer norms with shifts, a plain feed-forward part. */
        ESM,
        /** No biases, norms without shifts, a gated feed-forward part. */
        MODERNBERT
    }

    static Architecture readEsm(Config config) {
        config.require("position_embedding_type", "rotary");
        config.require("emb_layer_norm_before", false);
        config.require("is_folding_model", false);
        config.has("token_dropout");
        config.has("vocab_list");
        config.has("esmfold_config");
        return read(config, Kind.ESM, "hidden_act", "gelu", 1026);
    }

    static Architecture readModernBert(Config config) {
        for (String key : List.of("attention_bias", "mlp_bias", "norm_bias", "classifier_bias")) {
            config.require(key, false);
        }
        config.has("global_attn_every_n_layers");
        config.has("local_attention");
        config.has("decoder_bias");
        return read(config, Kind.MODERNBERT, "hidden_activation", "gelu", 8192);
    }

    private static Architecture read(Config config, Kind kind, String activation, String function, long positions) {
        long hidden = config.size("hidden_size");
        long attentionHeads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, attentionHeads);
        return new RotaryEncoder(
                kind,
                config.size("vocab_size"),
                hidden,
                config.layers("num_hidden_layers"),
                attentionHeads,
                config.size("intermediate_size"),
                config.size("max_position_embeddings", positions),
                config.labels(),
                Blocks.function(config, activation, function));
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(
                TaskHead.RAW, TaskHead.MASKED_LM, TaskHead.SEQUENCE_CLASSIFICATION, TaskHead.TOKEN_CLASSIFICATION);
    }

    @Override
    public Modality modality() {
        return Modality.TEXT;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        long length = workload.sequenceLength().orElseThrow();
        Tensor ids = blocks.tokens("input_ids", workload.batch(), length);
        Tensor padding = blocks.tokens("attention_mask", workload.batch(), length);
        blocks.layer("embeddings");
        Tensor mask = blocks.paddingMask(padding);
        Tensor table = blocks.parameter("word_embeddings.weight", vocabulary, hidden);
        Tensor x = blocks.lookUp(ids, "word_embeddings", table);
        if (kind == Kind.MODERNBERT) {
            x = norm(blocks, x, "norm");
        }
        for (int i = 0; i < layers; i++) {
            blocks.layer("encoder.layer." + i);
            x = layer(blocks, i, x, mask);
        }
        blocks.layer("encoder.final", "encoder");
        x = norm(blocks, x, "final_norm");
        return graph.build(result(blocks, x, table, head));
    }

    private Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask) {
        Attention attention = new Attention(blocks, attentionHeads, hidden / attentionHeads);
        Rotary rotary = new Rotary(blocks, hidden / attentionHeads);
        // ModernBERT's first layer gets normalised embeddings already.
        Tensor in = kind == Kind.MODERNBERT && index == 0 ? x : norm(blocks, x, "attention.norm");
        Bias bias = Bias.of(kind == Kind.ESM);
        Tensor query = attention.split(blocks.linear(in, "query", hidden, bias), "query", attentionHeads);
        Tensor key = attention.split(blocks.linear(in, "key", hidden, bias), "key", attentionHeads);
        Tensor q = rotary.apply(query, "rotary.query");
        Tensor k = rotary.apply(key, "rotary.key");
        Tensor v = attention.split(blocks.linear(in, "value", hidden, bias), "value", attentionHeads);
        Tensor context = attention.attend(
                q, k, v, Scale.QUERIES, scores -> blocks.add("attention.mask", scores, mask));
        Tensor y = blocks.add("attention.residual", x, blocks.linear(context, "attention.output", hidden, bias));
        Tensor normal = norm(blocks, y, "mlp.norm");
        Tensor wide;
        if (kind == Kind.ESM) {
            wide = blocks.activation(blocks.linear(normal, "intermediate", inner), "activation", activation);
        } else {
            List<Tensor> halves = blocks.split(blocks.linear(normal, "mlp.Wi", 2 * inner, Bias.NO), "mlp.split", 2);
            wide = blocks.multiply(
                    "mlp.gated", blocks.activation(halves.get(0), "mlp.act", activation), halves.get(1));
        }
        return blocks.add("output.residual", y, blocks.linear(wide, "output", hidden, bias));
    }

    private Tensor norm(Blocks blocks, Tensor x, String name) {
        return kind == Kind.ESM ? blocks.layerNorm(x, name) : blocks.scaledNorm(x, name);
    }

    private Tensor result(Blocks blocks, Tensor x, Tensor table, TaskHead head) {
        blocks.layer("head");
        Bias bias = Bias.of(kind == Kind.ESM);
        return switch (head) {
            case MASKED_LM -> {
                Tensor dense = blocks.activation(blocks.linear(x, "dense", hidden, bias), "act", Function.GELU);
                Tensor scores = blocks.tied(norm(blocks, dense, "norm"), "decoder", table);
                yield blocks.add("decoder.bias", scores, blocks.parameter("decoder.bias", vocabulary));
            }
            case TOKEN_CLASSIFICATION -> blocks.linear(x, "classifier", labels);
            case SEQUENCE_CLASSIFICATION -> {
                Function function = kind == Kind.ESM ? Function.TANH : Function.GELU;
                Tensor dense = blocks.linear(blocks.firstToken(x), "dense", hidden, bias);
                yield blocks.linear(blocks.activation(dense, "act", function), "classifier", labels);
            }
            default -> x;
        };
    }
}

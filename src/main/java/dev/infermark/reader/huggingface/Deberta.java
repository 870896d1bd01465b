package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import java.util.EnumSet;
import java.util.Set;

/**
 * DeBERTa versions 2 and 3: scores of contents, of contents with relative positions, and of relative positions with
 * contents, whose projections are shared with those of the contents.
 */
record Deberta(
        long vocabulary,
        long hidden,
        int layers,
        long attentionHeads,
        long inner,
        long positions,
        long buckets,
        long tokenTypes,
        long labels,
        Function activation)
        implements Architecture {
    private static final LayerNames NAMES = LayerNames.OF_BERT;

    static Architecture read(Config config) {
        config.require("relative_attention", true);
        config.require("position_biased_input", false);
        config.require("share_att_key", true);
        config.require("norm_rel_ebd", "layer_norm");
        if (config.size("conv_kernel_size", 1) > 1) {
            throw new UserError(config.origin() + ": conv_kernel_size is not modelled; take a model without it");
        }
        config.row("conv_kernel_size", 0);
        config.has("pos_att_type");
        config.has("max_relative_positions");
        config.has("legacy");
        long hidden = config.size("hidden_size");
        long attentionHeads = config.size("num_attention_heads");
        config.perHead("hidden_size", hidden, attentionHeads);
        return new Deberta(
                config.size("vocab_size"),
                hidden,
                config.layers("num_hidden_layers"),
                attentionHeads,
                config.size("intermediate_size"),
                config.size("max_position_embeddings"),
                config.size("position_buckets"),
                config.row("type_vocab_size", 0),
                config.labels(),
                Blocks.function(config, "hidden_act", "gelu"));
    }

    @Override
    public Set<TaskHead> heads() {
        return EnumSet.of(
                TaskHead.RAW, TaskHead.SEQUENCE_CLASSIFICATION, TaskHead.TOKEN_CLASSIFICATION,
                TaskHead.QUESTION_ANSWERING);
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
        Tensor attended = blocks.tokens("attention_mask", workload.batch(), length);
        blocks.layer("embeddings");
        Tensor mask = blocks.paddingMask(attended);
        Tensor x = blocks.embedding(ids, "word_embeddings", vocabulary, hidden);
        if (tokenTypes > 0) {
            Tensor types = blocks.tokens("token_type_ids", workload.batch(), length);
            x = blocks.add(
                    "add_token_types", x, blocks.embedding(types, "token_type_embeddings", tokenTypes, hidden));
        }
        x = blocks.layerNorm(x, "LayerNorm");
        blocks.layer("encoder");
        Tensor rows = blocks.parameter("rel_embeddings.weight", 2 * buckets, hidden);
        Tensor distances = blocks.layerNorm(rows, "LayerNorm");
        for (int i : blocks.equalLayers("encoder.layer.", layers)) {
            blocks.layer("encoder.layer." + i);
            x = layer(blocks, x, mask, distances);
        }
        return graph.build(result(blocks, x, head));
    }

    private Tensor layer(Blocks blocks, Tensor x, Tensor mask, Tensor distances) {
        Attention attention = new Attention(blocks, attentionHeads, hidden / attentionHeads);
        Tensor q = attention.split(blocks.linear(x, NAMES.query(), hidden), NAMES.query(), attentionHeads);
        Tensor k = attention.split(blocks.linear(x, NAMES.key(), hidden), NAMES.key(), attentionHeads);
        Tensor v = attention.split(blocks.linear(x, NAMES.value(), hidden), NAMES.value(), attentionHeads);
        Tensor rows = blocks.reshape(distances, "distances", 1, 2 * buckets, hidden);
        Tensor placeKeys = attention.split(blocks.linear(rows, NAMES.key(), hidden), "pos_key", attentionHeads);
        Tensor placeQueries = attention.split(blocks.linear(rows, NAMES.query(), hidden), "pos_query", attentionHeads);
        Tensor byQuery = selected(blocks, q, placeKeys, "c2p");
        Tensor byKey = blocks.transpose(selected(blocks, k, placeQueries, "p2c"), "p2c.turn", 0, 1, 3, 2);
        Tensor context = attention.attend(q, k, v, Scale.QUERIES, scores -> {
            Tensor placed = blocks.add("attention.places", blocks.add("attention.c2p", scores, byQuery), byKey);
            return blocks.add("attention.mask", placed, mask);
        });
        Tensor attended = blocks.linear(context, NAMES.attentionOutput(), hidden);
        Tensor y = blocks.layerNorm(blocks.add("attention.residual", attended, x), NAMES.attentionNorm());
        Tensor wide = blocks.linear(y, NAMES.intermediate(), inner);
        Tensor active = blocks.activation(wide, NAMES.intermediate() + ".activation", activation);
        Tensor narrow = blocks.linear(active, NAMES.output(), hidden);
        return blocks.layerNorm(blocks.add("output.residual", narrow, y), NAMES.outputNorm());
    }

    /** Scores with all distances, of which each pair of tokens takes one: [batch, attentionHeads, tokens, tokens]. */
    private Tensor selected(Blocks blocks, Tensor x, Tensor places, String name) {
        Tensor all = blocks.graph().add(name, new MatMul(Operand.PLAIN, Operand.TRANSPOSED), x, places);
        Shape shape = x.shape();
        long tokens = shape.dimension(2);
        Tensor flat = blocks.reshape(all, name + ".flatten", all.shape().elements());
        Tensor index = blocks.constantIds(name + ".index", shape.dimension(0), attentionHeads, tokens, tokens);
        return blocks.graph().add(name + ".gather", new Gather(0), flat, index);
    }

    private Tensor[] result(Blocks blocks, Tensor x, TaskHead head) {
        blocks.layer("head", "");
        return switch (head) {
            case SEQUENCE_CLASSIFICATION -> {
                Tensor dense = blocks.linear(blocks.firstToken(x), "pooler.dense", hidden);
                yield new Tensor[] {
                    blocks.linear(blocks.activation(dense, "pooler.activation", Function.GELU), "classifier", labels)
                };
            }
            case TOKEN_CLASSIFICATION -> new Tensor[] {blocks.linear(x, "classifier", labels)};
            case QUESTION_ANSWERING -> new Tensor[] {blocks.linear(x, "qa_outputs", 2)};
            default -> new Tensor[] {x};
        };
    }
}

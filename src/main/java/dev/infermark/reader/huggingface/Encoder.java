package dev.infermark.reader.huggingface;

import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * BERT and its relatives: embeddings, layers of self-attention and feed-forward each followed by a residual addition
 * and a layer norm, and a head.
 */
record Encoder(EncoderFamily family, EncoderSizes sizes) implements Architecture {
    @Override
    public Set<TaskHead> heads() {
        EnumSet<TaskHead> heads = EnumSet.of(
                TaskHead.RAW,
                TaskHead.SEQUENCE_CLASSIFICATION,
                TaskHead.TOKEN_CLASSIFICATION,
                TaskHead.QUESTION_ANSWERING,
                TaskHead.MASKED_LM);
        if (family == EncoderFamily.ELECTRA) {
            heads.add(TaskHead.REPLACED_TOKEN_DETECTION);
        }
        return heads;
    }

    @Override
    public Modality modality() {
        return Modality.TEXT;
    }

    @Override
    public long positions() {
        return sizes.positions() - sizes.positionOffset();
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        long batch = workload.batch();
        long length = workload.sequenceLength().orElseThrow();
        Tensor ids = blocks.tokens("input_ids", batch, length);
        Tensor mask = blocks.tokens("attention_mask", batch, length);
        blocks.layer("embeddings");
        Tensor bias = family.selectsScores() ? padding(blocks, mask) : blocks.paddingMask(mask);
        Tensor table = blocks.parameter("word_embeddings.weight", sizes.vocabulary(), sizes.embedding());
        Tensor words = blocks.lookUp(ids, "word_embeddings", table);
        Tensor x = embed(blocks, words, batch, length);
        if (sizes.buckets() > 0) {
            blocks.layer("encoder");
            bias = blocks.add("position_bias", distances(blocks, length), bias);
        }
        for (int i : written(graph)) {
            blocks.layer(family.layerName(i), family.parameterPath(i, sizes));
            x = layer(blocks, x, bias);
        }
        return graph.build(new EncoderHead(blocks, family, sizes, table).outputs(x, head));
    }

    /** The layers to write down: all where several of them share their weights, and others do not. */
    private int[] written(GraphBuilder graph) {
        boolean isEqual = sizes.groups() == 1 || sizes.groups() == sizes.layers();
        return isEqual
                ? graph.equalLayers(sizes.layers(), family::layerName)
                : IntStream.range(0, sizes.layers()).toArray();
    }

    /** Which keys are padding: [batch, 1, 1, tokens]. */
    private static Tensor padding(Blocks blocks, Tensor mask) {
        Tensor padding = blocks.graph()
                .add(
                        "attention_mask.padding",
                        new Elementwise(Elementwise.Kind.COMPARE),
                        mask,
                        blocks.constantIds("zero", 1));
        return blocks.reshape(
                padding,
                "attention_mask.view",
                mask.shape().dimension(0),
                1,
                1,
                mask.shape().dimension(1));
    }

    /** BERT adds a row to the scores; DistilBERT expands its mask to their shape and replaces what it selects. */
    private Tensor masked(Blocks blocks, Tensor scores, Tensor mask) {
        if (!family.selectsScores()) {
            return blocks.add("attention.mask", scores, mask);
        }
        return blocks.graph()
                .add(
                        "attention.mask",
                        new Elementwise(Elementwise.Kind.SELECT),
                        blocks.graph().add("attention.mask.expand", new Expand(scores.shape()), mask),
                        blocks.constant("attention.lowest", 1),
                        scores);
    }

    private Tensor embed(Blocks blocks, Tensor words, long batch, long length) {
        Tensor sum = words;
        if (sizes.tokenTypes() > 0) {
            Tensor types = family.givesTokenTypes()
                    ? blocks.tokens("token_type_ids", batch, length)
                    : blocks.constantIds("token_type_ids", batch, length);
            Tensor rows = blocks.embedding(types, "token_type_embeddings", sizes.tokenTypes(), sizes.embedding());
            sum = blocks.add("add_token_types", sum, rows);
        }
        if (sizes.pagePlaces() > 0) {
            sum = blocks.add("add_page", sum, page(blocks, batch, length));
        }
        Tensor positions = blocks.embedding(
                blocks.constantIds("position_ids", 1, length),
                "position_embeddings",
                sizes.positions(),
                sizes.embedding());
        Tensor x = blocks.layerNorm(blocks.add("add_positions", sum, positions), "LayerNorm");
        return family.projectsEmbeddings(sizes) ? blocks.linear(x, family.projection(), sizes.hidden()) : x;
    }

    /** What the distance between two tokens adds to their scores: [1, heads, tokens, tokens]. */
    private Tensor distances(Blocks blocks, long length) {
        Tensor values = blocks.embedding(
                blocks.constantIds("relative_position_bucket", length, length),
                "relative_attention_bias",
                sizes.buckets(),
                sizes.heads());
        Tensor turned = blocks.transpose(values, "relative_attention_bias.permute", 2, 0, 1);
        return blocks.reshape(turned, "relative_attention_bias.view", 1, sizes.heads(), length, length);
    }

    /** The four edges of each word's box, and its height and width, each looked up and added. */
    private Tensor page(Blocks blocks, long batch, long length) {
        Tensor boxes = blocks.graph().input("bbox", new TensorType(DataType.INT64, Shape.of(batch, length, 4)));
        List<Tensor> edges = blocks.split(boxes, "bbox.edges", 4);
        Tensor height = blocks.graph()
                .add("bbox.height", new Elementwise(Elementwise.Kind.SUBTRACT), edges.get(3), edges.get(1));
        Tensor width = blocks.graph()
                .add("bbox.width", new Elementwise(Elementwise.Kind.SUBTRACT), edges.get(2), edges.get(0));
        Tensor sum = place(blocks, edges.get(0), "x");
        sum = blocks.add("add_upper", sum, place(blocks, edges.get(1), "y"));
        sum = blocks.add("add_right", sum, place(blocks, edges.get(2), "x"));
        sum = blocks.add("add_lower", sum, place(blocks, edges.get(3), "y"));
        sum = blocks.add("add_height", sum, place(blocks, height, "h"));
        return blocks.add("add_width", sum, place(blocks, width, "w"));
    }

    private Tensor place(Blocks blocks, Tensor where, String axis) {
        String name = axis + "_position_embeddings";
        Tensor ids = blocks.reshape(
                where, name + ".ids", where.shape().dimension(0), where.shape().dimension(1));
        return blocks.embedding(ids, name, sizes.pagePlaces(), sizes.embedding());
    }

    private Tensor layer(Blocks blocks, Tensor x, Tensor bias) {
        LayerNames names = family.names();
        long hidden = sizes.hidden();
        Attention attention = new Attention(blocks, sizes.heads(), hidden / sizes.heads());
        Tensor q = attention.split(blocks.linear(x, names.query(), hidden), names.query(), sizes.heads());
        Tensor k = attention.split(blocks.linear(x, names.key(), hidden), names.key(), sizes.heads());
        Tensor v = attention.split(blocks.linear(x, names.value(), hidden), names.value(), sizes.heads());
        Tensor context = attention.attend(
                q, k, v, family.scale(), scores -> masked(blocks, scores, bias));
        Tensor attended = blocks.linear(context, names.attentionOutput(), hidden);
        Tensor y = blocks.layerNorm(blocks.add("attention.residual", attended, x), names.attentionNorm());
        Tensor wide = blocks.linear(y, names.intermediate(), sizes.intermediate());
        Tensor active = blocks.activation(wide, names.intermediate() + ".activation", sizes.activation());
        Tensor narrow = blocks.linear(active, names.output(), hidden);
        return blocks.layerNorm(blocks.add("output.residual", narrow, y), names.outputNorm());
    }
}

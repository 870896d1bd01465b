package dev.infermark.reader.huggingface;

import dev.infermark.graph.Expand;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import java.util.function.UnaryOperator;

/**
 * Scaled dot-product attention: softmax(q kᵀ / √width + mask) v, head by head.
 *
 * @param blocks where the nodes go
 * @param heads heads of the queries
 * @param sharedHeads heads of the keys and values, each shared by the same number of query heads
 * @param width elements per head
 */
record Attention(Blocks blocks, long heads, long sharedHeads, long width) {

    /** When scores are divided by the root of the width. */
    enum Scale {
        /** The scores, after the product. */
        SCORES,
        /** The queries, before the product. */
        QUERIES,
        /** Never: the weights have it in them (T5). */
        NONE
    }

    /** Attention whose queries, keys and values have the same heads. */
    Attention(Blocks blocks, long heads, long width) {
        this(blocks, heads, heads, width);
    }

    /** [batch, tokens, count · width] to [batch, count, tokens, width]. */
    Tensor split(Tensor x, String name, long count) {
        Shape shape = x.shape();
        Tensor view = blocks.reshape(x, name + ".view", shape.dimension(0), shape.dimension(1), count, width);
        return blocks.transpose(view, name + ".permute", 0, 2, 1, 3);
    }

    /**
     * The context of each query.
     *
     * @param q queries [batch, heads, queries, width]
     * @param k keys [batch, sharedHeads, keys, width]
     * @param v values, as the keys
     * @param masking what becomes of the scores [batch, heads, queries, keys] before the softmax
     * @return [batch, queries, heads · width]
     */
    Tensor attend(Tensor q, Tensor k, Tensor v, Scale scale, UnaryOperator<Tensor> masking) {
        Tensor queries = scale == Scale.QUERIES ? scaled("attention.scale", q) : q;
        Tensor scores = blocks.graph()
                .add(
                        "attention.scores",
                        new MatMul(Operand.PLAIN, Operand.TRANSPOSED),
                        queries,
                        repeated(k, "attention.repeat_keys"));
        if (scale == Scale.SCORES) {
            scores = scaled("attention.scale", scores);
        }
        Tensor probabilities = blocks.graph().add("attention.softmax", new Softmax(-1), masking.apply(scores));
        Tensor context = blocks.graph()
                .add("attention.context", new MatMul(), probabilities, repeated(v, "attention.repeat_values"));
        Tensor merged = blocks.transpose(context, "attention.context.permute", 0, 2, 1, 3);
        return blocks.reshape(
                merged, "attention.context.view", q.shape().dimension(0), q.shape().dimension(2), heads * width);
    }

    private Tensor scaled(String name, Tensor x) {
        return blocks.multiply(name, x, blocks.constant(name, 1));
    }

    /** Keys or values once for each query head that shares them. */
    private Tensor repeated(Tensor x, String name) {
        if (sharedHeads == heads) {
            return x;
        }
        long batch = x.shape().dimension(0);
        long tokens = x.shape().dimension(2);
        Tensor view = blocks.reshape(x, name + ".view", batch, sharedHeads, 1, tokens, width);
        Shape wide = Shape.of(batch, sharedHeads, heads / sharedHeads, tokens, width);
        Tensor expanded = blocks.graph().add(name, new Expand(wide), view);
        return blocks.reshape(expanded, name + ".flatten", batch, heads, tokens, width);
    }
}

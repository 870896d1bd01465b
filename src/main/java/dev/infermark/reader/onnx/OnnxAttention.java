package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Value;
import java.util.List;
import java.util.Map;

/** The attention operator that ONNX itself has since opset 23, without a cache of earlier keys and values. */
final class OnnxAttention {

    private OnnxAttention() {}

    static Map<String, OnnxOperator> operators() {
        return Map.of("Attention", one(OnnxAttention::attention));
    }

    /** Queries, keys and values are [batch, heads, tokens, size] or [batch, tokens, heads · size], alike in rank. */
    private static Value attention(OnnxNode node) {
        refuseCache(node, 4);
        Value q = node.input(0);
        if (q.shape().rank() == 4) {
            return attend(node, q, node.input(1), node.input(2));
        }
        long keyHeads = node.integer("kv_num_heads", 0);
        Value context = attend(
                node,
                heads(node, q, ".q", node.integer("q_num_heads", 0)),
                heads(node, node.input(1), ".k", keyHeads),
                heads(node, node.input(2), ".v", keyHeads));
        return merged(node, context);
    }

    /** Refuses keys of earlier steps, which come as the input of that index. */
    static void refuseCache(OnnxNode node, int index) {
        if (node.has(index)) {
            throw new IllegalArgumentException("a cache of earlier keys is not modelled here; export without it");
        }
    }

    /** softmax(q · k' · scale + mask) · v, each [batch, heads, tokens, size]; several heads of q may share one of k. */
    static Value attend(OnnxNode node, Value q, Value k, Value v) {
        long heads = q.dimension(1);
        long shared = k.dimension(1);
        if (shared < 1 || heads % shared != 0) {
            throw new IllegalArgumentException(heads + " heads of queries cannot share " + shared + " of keys");
        }
        long tokens = q.dimension(2);
        // Heads that share keys are rows of one product.
        Shape rows = Shape.of(q.dimension(0), shared, heads / shared * tokens, q.dimension(3));
        Value grouped = heads == shared ? q : node.movement().reshape(node.name() + ".group", q, rows);
        Value scores = node.contraction().multiply(
                node.name() + ".scores", grouped, Operand.PLAIN, k, Operand.TRANSPOSED);
        Value root = node.graph().known(Literal.of(new TensorType(q.type(), Shape.of()), 1));
        Value scaled = node.arithmetic().elementwise(node.name() + ".scale", Kind.MULTIPLY, List.of(scores, root));
        Value mask = node.graph().constant(
                node.name() + ".mask",
                new TensorType(q.type(), Shape.of(q.dimension(0), 1, 1, k.dimension(2))));
        Value masked = node.arithmetic().elementwise(node.name() + ".mask", Kind.ADD, List.of(scaled, mask));
        Value probabilities = node.graph().add(node.name() + ".softmax", new Softmax(-1), masked);
        Value context = node.contraction().multiply(
                node.name() + ".context", probabilities, Operand.PLAIN, v, Operand.PLAIN);
        return heads == shared
                ? context
                : node.movement().reshape(
                        node.name() + ".heads", context, Shape.of(q.dimension(0), heads, tokens, v.dimension(3)));
    }

    /** [batch, tokens, width] to [batch, heads, tokens, width / heads]. */
    static Value heads(OnnxNode node, Value x, String name, long heads) {
        if (heads < 1 || x.shape().rank() != 3 || x.dimension(2) % heads != 0) {
            throw new IllegalArgumentException(heads + " heads of " + x.shape());
        }
        Shape split = Shape.of(x.dimension(0), x.dimension(1), heads, x.dimension(2) / heads);
        Value view = node.movement().reshape(node.name() + name, x, split);
        return node.movement().transpose(node.name() + name + ".order", view, Transpose.of(0, 2, 1, 3));
    }

    /** [batch, heads, tokens, size] to [batch, tokens, heads · size]. */
    static Value merged(OnnxNode node, Value context) {
        Value order = node.movement().transpose(node.name() + ".merge", context, Transpose.of(0, 2, 1, 3));
        Shape shape = Shape.of(context.dimension(0), context.dimension(2), context.dimension(1) * context.dimension(3));
        return node.movement().reshape(node.name(), order, shape);
    }
}

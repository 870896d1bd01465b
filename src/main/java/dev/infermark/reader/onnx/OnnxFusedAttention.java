package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fused attention operators of ONNX Runtime, without a cache of earlier keys and values. */
final class OnnxFusedAttention {

    private OnnxFusedAttention() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("Attention", one(OnnxFusedAttention::selfAttention));
        operators.put("MultiHeadAttention", one(OnnxFusedAttention::multiHead));
        return operators;
    }

    /** Inputs: x [batch, tokens, width], weights [width, 3 width], bias [3 width]. */
    private static Value selfAttention(OnnxNode node) {
        refuseCache(node, 4);
        Value product = node.contraction().multiply(
                node.name() + ".qkv", node.input(0), Operand.PLAIN, node.input(1), Operand.PLAIN);
        Value biased = node.has(2)
                ? node.arithmetic().elementwise(node.name() + ".bias", Kind.ADD, List.of(product, node.input(2)))
                : product;
        long width = biased.dimension(-1) / 3;
        List<Value> parts = node.movement().split(node.name() + ".split", biased, -1, Collections.nCopies(3, width));
        return attend(node, parts.get(0), parts.get(1), parts.get(2));
    }

    /** Inputs: queries, keys and values, each [batch, tokens, width]. */
    private static Value multiHead(OnnxNode node) {
        refuseCache(node, 6);
        return attend(node, node.input(0), node.input(1), node.input(2));
    }

    private static void refuseCache(OnnxNode node, int index) {
        if (node.has(index)) {
            throw new IllegalArgumentException("a cache of earlier keys is not modelled here; export without it");
        }
    }

    private static Value attend(OnnxNode node, Value q, Value k, Value v) {
        Movement movement = node.movement();
        Value scores = node.contraction().multiply(
                node.name() + ".scores",
                heads(node, q, ".q"),
                Operand.PLAIN,
                heads(node, k, ".k"),
                Operand.TRANSPOSED);
        Value root = node.graph().known(Literal.of(new TensorType(q.type(), Shape.of()), 1));
        Value scaled = node.arithmetic().elementwise(node.name() + ".scale", Kind.MULTIPLY, List.of(scores, root));
        Value mask = node.graph().constant(
                node.name() + ".mask",
                new TensorType(q.type(), Shape.of(q.dimension(0), 1, 1, k.dimension(1))));
        Value masked = node.arithmetic().elementwise(node.name() + ".mask", Kind.ADD, List.of(scaled, mask));
        Value probabilities = node.graph().add(node.name() + ".softmax", new Softmax(-1), masked);
        Value context = node.contraction().multiply(
                node.name() + ".context", probabilities, Operand.PLAIN, heads(node, v, ".v"), Operand.PLAIN);
        Value merged = movement.transpose(node.name() + ".merge", context, Transpose.of(0, 2, 1, 3));
        return movement.reshape(node.name(), merged, Shape.of(q.dimension(0), q.dimension(1), v.dimension(-1)));
    }

    /** [batch, tokens, width] to [batch, heads, tokens, width / heads]. */
    private static Value heads(OnnxNode node, Value x, String name) {
        long heads = node.integer("num_heads", 0);
        if (heads < 1 || x.shape().rank() != 3 || x.dimension(2) % heads != 0) {
            throw new IllegalArgumentException(heads + " heads of " + x.shape());
        }
        Shape split = Shape.of(x.dimension(0), x.dimension(1), heads, x.dimension(2) / heads);
        Value view = node.movement().reshape(node.name() + name, x, split);
        return node.movement().transpose(node.name() + name + ".order", view, Transpose.of(0, 2, 1, 3));
    }
}

package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.MatMul.Operand;
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
        OnnxAttention.refuseCache(node, 4);
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
        OnnxAttention.refuseCache(node, 6);
        return attend(node, node.input(0), node.input(1), node.input(2));
    }

    private static Value attend(OnnxNode node, Value q, Value k, Value v) {
        long heads = node.integer("num_heads", 0);
        Value context = OnnxAttention.attend(
                node,
                OnnxAttention.heads(node, q, ".q", heads),
                OnnxAttention.heads(node, k, ".k", heads),
                OnnxAttention.heads(node, v, ".v", heads));
        return OnnxAttention.merged(node, context);
    }
}

package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.reader.translate.Equation;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Products of matrices. */
final class OnnxMatrices {

    private OnnxMatrices() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("MatMul", one(node -> node.contraction().multiply(
                node.name(), node.input(0), Operand.PLAIN, node.input(1), Operand.PLAIN)));
        operators.put("Gemm", one(OnnxMatrices::gemm));
        operators.put("Einsum", one(node -> Equation.parse(node.text("equation", ""))
                .apply(node.graph(), node.name(), node.inputs())));
        return operators;
    }

    private static Value gemm(OnnxNode node) {
        Value product = node.contraction().multiply(
                node.name(),
                node.input(0),
                operand(node, "transA"),
                node.input(1),
                operand(node, "transB"));
        return node.has(2)
                ? node.arithmetic().elementwise(node.name() + ".bias", Kind.ADD, List.of(product, node.input(2)))
                : product;
    }

    /** How an attribute says that an operand lies. */
    static Operand operand(OnnxNode node, String attribute) {
        return node.integer(attribute, 0) == 0 ? Operand.PLAIN : Operand.TRANSPOSED;
    }
}

package dev.infermark.reader.tensorflow;

import static dev.infermark.reader.tensorflow.TensorFlowOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.CumulativeSum;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.TopK;
import dev.infermark.reader.translate.Equation;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Products of matrices, softmax and selections. */
final class TensorFlowMatrices {

    private TensorFlowMatrices() {}

    static Map<String, TensorFlowOperator> operators() {
        Map<String, TensorFlowOperator> operators = new HashMap<>();
        operators.put("MatMul", one(node -> product(node, "transpose_a", "transpose_b")));
        for (String name : List.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3")) {
            operators.put(name, one(node -> product(node, "adj_x", "adj_y")));
        }
        operators.put("Einsum", one(node -> Equation.parse(node.text("equation"))
                .apply(node.graph(), node.name(), node.inputs())));
        operators.put("Softmax", one(TensorFlowMatrices::softmax));
        operators.put("LogSoftmax", one(node -> {
            Value probabilities = softmax(node);
            return node.arithmetic().activation(
                    node.name() + ".log", Function.LOG, probabilities, probabilities.type());
        }));
        operators.put("TopKV2", node -> node.graph().addAll(
                node.name(), new TopK(-1, node.numbers(1).getFirst()), List.of(node.input(0))));
        operators.put("Cumsum", one(node -> node.graph().add(
                node.name(), new CumulativeSum(node.axes(1).getFirst()), node.input(0))));
        return operators;
    }

    private static Value softmax(TensorFlowNode node) {
        return node.graph().add(node.name(), new Softmax(-1), node.input(0));
    }

    private static Value product(TensorFlowNode node, String left, String right) {
        return node.contraction().multiply(
                node.name(), node.input(0), operand(node, left), node.input(1), operand(node, right));
    }

    private static Operand operand(TensorFlowNode node, String attribute) {
        return node.flag(attribute) ? Operand.TRANSPOSED : Operand.PLAIN;
    }
}

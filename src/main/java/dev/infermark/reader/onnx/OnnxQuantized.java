package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operators on 8-bit integers. Stored ones keep their 8 bits where they are dequantised, since that is what is loaded;
 * scales and zero points are part of the operators.
 */
final class OnnxQuantized {

    private OnnxQuantized() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("DequantizeLinear", one(OnnxQuantized::dequantized));
        operators.put("QuantizeLinear", one(node -> quantized(
                node, node.input(0), node.has(2) ? node.input(2).type() : DataType.UINT8)));
        operators.put("DynamicQuantizeLinear", OnnxQuantized::dynamicallyQuantized);
        operators.put("QLinearConv", one(node -> quantized(node, quantizedConvolution(node), node.input(7).type())));
        operators.put("QLinearMatMul", one(node -> quantized(node, product(node, 0, 3), node.input(7).type())));
        operators.put("ConvInteger", one(node ->
                accumulated(node, OnnxImages.convolution(node, node.input(0), node.input(1).learned()))));
        operators.put("MatMulInteger", one(node -> accumulated(node, product(node, 0, 1))));
        return operators;
    }

    /** Multiplication by the scale; what is stored stays as it is. */
    private static Value dequantized(OnnxNode node) {
        Value x = node.input(0);
        if (x.isStored()) {
            return x.shape().elements() > 1 || x.isParameter() ? x.learned() : x;
        }
        Value scale = node.graph().known(Literal.of(new TensorType(floating(node.input(1)), Shape.of()), 1));
        return node.arithmetic().elementwise(node.name(), Kind.MULTIPLY, List.of(x, scale));
    }

    private static DataType floating(Value scale) {
        return scale.type().isFloatingPoint() ? scale.type() : DataType.FP32;
    }

    /** Division by the scale, rounding and clipping in one pass. */
    static Value quantized(OnnxNode node, Value x, DataType type) {
        return x.isStored() ? x : node.arithmetic().activation(node.name() + ".quantize", Function.ROUND, x, type);
    }

    private static List<Value> dynamicallyQuantized(OnnxNode node) {
        Value x = node.input(0);
        Value largest = node.graph().add(
                node.name() + ".max", new Reduce(Reduce.Kind.MAX, List.of(), Reduce.Axes.DROPPED), x);
        Value smallest = node.graph().add(
                node.name() + ".min", new Reduce(Reduce.Kind.MIN, List.of(), Reduce.Axes.DROPPED), x);
        Value scale = node.arithmetic().elementwise(node.name() + ".scale", Kind.SUBTRACT, List.of(largest, smallest));
        Value zero = node.arithmetic().activation(node.name() + ".zero", Function.ROUND, smallest, DataType.UINT8);
        return List.of(quantized(node, x, DataType.UINT8), scale, zero);
    }

    private static Value quantizedConvolution(OnnxNode node) {
        Value weights = node.input(3).learned();
        return node.has(8)
                ? OnnxImages.convolution(node, node.input(0), weights, node.input(8).learned())
                : OnnxImages.convolution(node, node.input(0), weights);
    }

    private static Value product(OnnxNode node, int left, int right) {
        return node.contraction().multiply(
                node.name(), node.input(left), Operand.PLAIN, node.input(right).learned(), Operand.PLAIN);
    }

    private static Value accumulated(OnnxNode node, Value product) {
        return node.arithmetic().activation(node.name() + ".accumulate", Function.CAST, product, DataType.INT32);
    }
}

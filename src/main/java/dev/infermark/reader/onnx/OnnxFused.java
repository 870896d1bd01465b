package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fused operators that ONNX Runtime's optimiser puts into files. */
final class OnnxFused {

    private OnnxFused() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("Gelu", one(node -> OnnxElements.activation(node, Function.GELU)));
        operators.put("BiasGelu", one(node -> biased(node, Function.GELU)));
        operators.put("FastGelu", one(node -> biased(node, Function.GELU_TANH)));
        operators.put("QuickGelu", one(node -> OnnxElements.activation(node, Function.QUICK_GELU)));
        operators.put("SkipLayerNormalization", node -> skip(node, Normalization.Kind.LAYER, 4));
        operators.put("SkipSimplifiedLayerNormalization", node -> skip(node, Normalization.Kind.RMS, 3));
        operators.put("EmbedLayerNormalization", OnnxFused::embedding);
        operators.put("FusedMatMul", one(node -> node.contraction().multiply(
                node.name(),
                node.input(0),
                OnnxMatrices.operand(node, "transA"),
                node.input(1),
                OnnxMatrices.operand(node, "transB"))));
        operators.put("FusedConv", one(OnnxFused::convolution));
        operators.put("QLinearAdd", one(node -> pair(node, Kind.ADD)));
        operators.put("QLinearMul", one(node -> pair(node, Kind.MULTIPLY)));
        operators.put("QLinearSigmoid", one(node -> OnnxElements.activation(node, Function.SIGMOID)));
        operators.put("QLinearLeakyRelu", one(node -> OnnxElements.activation(node, Function.RELU)));
        operators.put("QLinearGlobalAveragePool", one(node -> node.graph().add(
                node.name(), new Reduce(Reduce.Kind.MEAN, List.of(2, 3), Reduce.Axes.KEPT), node.input(0))));
        operators.put("QLinearConcat", one(OnnxFused::concat));
        return operators;
    }

    private static Value biased(OnnxNode node, Function function) {
        Value x = node.has(1)
                ? node.arithmetic().elementwise(
                        node.name() + ".bias", Kind.ADD, List.of(node.input(0), node.input(1)))
                : node.input(0);
        return node.arithmetic().activation(node.name(), function, x, x.type());
    }

    /** Residual, bias and normalisation; the fourth output is the sum that was normalised. */
    private static List<Value> skip(OnnxNode node, Normalization.Kind kind, int bias) {
        Value sum = node.arithmetic().elementwise(
                node.name() + ".skip", Kind.ADD, List.of(node.input(1), node.input(0)));
        if (node.has(bias)) {
            sum = node.arithmetic().elementwise(node.name() + ".bias", Kind.ADD, List.of(sum, node.input(bias)));
        }
        List<Value> operands = new ArrayList<>(List.of(sum, node.input(2)));
        if (bias == 4 && node.has(3)) {
            operands.add(node.input(3));
        }
        Value result = node.graph().addAll(node.name(), new Normalization(kind), operands).getFirst();
        Value statistics = node.graph().constant(
                node.name() + ".statistics", new TensorType(DataType.FP32, sum.shape().with(-1, 1)));
        return List.of(result, statistics, statistics, sum);
    }

    /** Sum of word, position and segment embeddings, normalised; the second output is the length of each mask. */
    private static List<Value> embedding(OnnxNode node) {
        Value words = node.movement().gather(node.name() + ".words", node.input(2), node.input(0), 0);
        long tokens = node.input(0).dimension(1);
        Value ids = node.graph().constant(
                node.name() + ".positions", new TensorType(DataType.INT32, Shape.of(1, tokens)));
        Value positions = node.graph().add(
                node.name() + ".position", new dev.infermark.graph.Gather(0), node.input(3), ids);
        Value sum = node.arithmetic().elementwise(node.name() + ".add", Kind.ADD, List.of(words, positions));
        if (node.has(1) && node.has(4)) {
            Value segments = node.movement().gather(node.name() + ".segments", node.input(4), node.input(1), 0);
            sum = node.arithmetic().elementwise(node.name() + ".add", Kind.ADD, List.of(sum, segments));
        }
        Value result = node.graph().add(
                node.name(), new Normalization(Normalization.Kind.LAYER), sum, node.input(5), node.input(6));
        Value lengths = node.has(7)
                ? node.graph().add(
                        node.name() + ".lengths",
                        new Reduce(Reduce.Kind.SUM, List.of(1), Reduce.Axes.DROPPED),
                        node.input(7))
                : node.graph().constant(
                        node.name() + ".lengths",
                        new TensorType(DataType.INT32, Shape.of(node.input(0).dimension(0))));
        return List.of(result, lengths, sum);
    }

    private static Value convolution(OnnxNode node) {
        Value[] bias = node.has(2) ? new Value[] {node.input(2)} : new Value[0];
        Value result = OnnxImages.convolution(node, node.input(0), node.input(1), bias);
        if (node.has(3)) {
            result = node.arithmetic().elementwise(node.name() + ".add", Kind.ADD, List.of(result, node.input(3)));
        }
        Function function =
                switch (node.text("activation", "")) {
                    case "" -> Function.IDENTITY;
                    case "Sigmoid" -> Function.SIGMOID;
                    case "Tanh" -> Function.TANH;
                    case "Clip", "HardSigmoid" -> Function.CLIP;
                    default -> Function.RELU;
                };
        return function == Function.IDENTITY
                ? result
                : node.arithmetic().activation(node.name() + ".activation", function, result, result.type());
    }

    /** Inputs are (a, scale, zero, b, scale, zero, ...). */
    private static Value pair(OnnxNode node, Kind kind) {
        return node.arithmetic().elementwise(node.name(), kind, List.of(node.input(0), node.input(3)));
    }

    /** Inputs are (scale, zero) of the result, then (part, scale, zero) for each part. */
    private static Value concat(OnnxNode node) {
        List<Value> parts = new ArrayList<>();
        for (int i = 2; node.has(i); i += 3) {
            parts.add(node.input(i));
        }
        return node.movement().concat(node.name(), parts, node.axis(0));
    }
}

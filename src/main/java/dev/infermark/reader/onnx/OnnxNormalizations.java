package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Normalisations and softmax. */
final class OnnxNormalizations {

    private OnnxNormalizations() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("BatchNormalization", one(node -> node.graph().add(
                node.name(),
                new Normalization(Normalization.Kind.BATCH),
                node.input(0),
                node.input(1),
                node.input(2),
                node.input(3).fixed(),
                node.input(4).fixed())));
        operators.put("InstanceNormalization", one(node -> normalized(
                node, new Normalization(Normalization.Kind.GROUP, node.input(0).dimension(1)))));
        operators.put("GroupNormalization", one(node -> normalized(
                node, new Normalization(Normalization.Kind.GROUP, node.integer("num_groups", 1)))));
        operators.put("LayerNormalization", OnnxNormalizations::layer);
        operators.put("RMSNormalization", one(node -> innermost(node, Normalization.Kind.RMS)));
        operators.put("SimplifiedLayerNormalization", one(node -> innermost(node, Normalization.Kind.RMS)));
        operators.put("LpNormalization", one(OnnxNormalizations::unitLength));
        operators.put("LRN", one(OnnxNormalizations::localResponse));
        operators.put("Softmax", one(OnnxNormalizations::softmax));
        operators.put("LogSoftmax", one(node ->
                node.arithmetic().activation(node.name() + ".log", Function.LOG, softmax(node), node.input(0).type())));
        return operators;
    }

    /** The result, and where they are named the mean and the reciprocal deviation of each row. */
    private static List<Value> layer(OnnxNode node) {
        Value result = innermost(node, Normalization.Kind.LAYER);
        if (node.outputs() == 1) {
            return List.of(result);
        }
        Value x = node.input(0);
        int rank = x.shape().rank();
        List<Integer> axes = IntStream.range(x.shape().axis(node.axis(-1)), rank).boxed().toList();
        Value mean = reduced(node, ".mean", Reduce.Kind.MEAN, axes, x);
        Value squares = node.arithmetic().activation(
                node.name() + ".squares", Function.SQUARE,
                node.arithmetic().elementwise(node.name() + ".centered", Kind.SUBTRACT, List.of(x, mean)), x.type());
        Value variance = reduced(node, ".variance", Reduce.Kind.MEAN, axes, squares);
        return List.of(
                result,
                mean,
                node.arithmetic().activation(node.name() + ".deviation", Function.RSQRT, variance, x.type()));
    }

    private static Value reduced(OnnxNode node, String name, Reduce.Kind kind, List<Integer> axes, Value x) {
        return node.graph().add(node.name() + name, new Reduce(kind, axes, Reduce.Axes.KEPT), x);
    }

    private static Value normalized(OnnxNode node, Normalization normalization) {
        return node.graph().addAll(node.name(), normalization, node.inputs()).getFirst();
    }

    /** Normalisation over all axes from one on, which are counted as one where they are several. */
    private static Value innermost(OnnxNode node, Normalization.Kind kind) {
        Shape shape = node.input(0).shape();
        int axis = shape.axis(node.axis(-1));
        if (axis == shape.rank() - 1) {
            return normalized(node, new Normalization(kind));
        }
        List<Long> folded = new ArrayList<>(shape.dimensions().subList(0, axis));
        long width = shape.product(axis, shape.rank());
        folded.add(width);
        Movement movement = node.movement();
        List<Value> operands = new ArrayList<>();
        operands.add(movement.reshape(node.name() + ".fold", node.input(0), new Shape(folded)));
        node.inputs().stream()
                .skip(1)
                .forEach(weights -> operands.add(movement.reshape(node.name() + ".weights", weights, Shape.of(width))));
        Value result = node.graph().addAll(node.name(), new Normalization(kind), operands).getFirst();
        return movement.reshape(node.name() + ".unfold", result, shape);
    }

    private static Value unitLength(OnnxNode node) {
        Value x = node.input(0);
        Reduce norm = new Reduce(Reduce.Kind.NORM, List.of(node.axis(-1)), Reduce.Axes.KEPT);
        Value length = node.graph().add(node.name() + ".norm", norm, x);
        return node.arithmetic().elementwise(node.name(), Kind.DIVIDE, List.of(x, length));
    }

    /** x / (bias + alpha · mean of squares over neighbouring channels) ^ beta. */
    private static Value localResponse(OnnxNode node) {
        Value x = node.input(0);
        Shape shape = x.shape();
        long size = node.integer("size", 1);
        Shape lines = Shape.of(shape.dimension(0), 1, shape.dimension(1), shape.product(2, shape.rank()));
        Spatial window = new Spatial(
                List.of(size, 1L),
                List.of(1L, 1L),
                List.of(1L, 1L),
                List.of((size - 1) / 2, 0L),
                List.of(size / 2, 0L));
        Movement movement = node.movement();
        Value squares = node.arithmetic().activation(node.name() + ".square", Function.SQUARE, x, x.type());
        Value channels = movement.reshape(node.name() + ".channels", squares, lines);
        Value means = node.graph().add(
                node.name() + ".mean", new Pool(Pool.Kind.AVERAGE, window, Spatial.Rounding.DOWN), channels);
        Value images = movement.reshape(node.name() + ".images", means, shape);
        Value scaled = withNumber(node, ".alpha", Kind.MULTIPLY, images);
        Value shifted = withNumber(node, ".bias", Kind.ADD, scaled);
        Value divisor = withNumber(node, ".beta", Kind.POWER, shifted);
        return node.arithmetic().elementwise(node.name(), Kind.DIVIDE, List.of(x, divisor));
    }

    private static Value withNumber(OnnxNode node, String name, Kind kind, Value x) {
        Value number = node.graph().known(Literal.of(new TensorType(x.type(), Shape.of()), 1));
        return node.arithmetic().elementwise(node.name() + name, kind, List.of(x, number));
    }

    /** Before opset 13 the axis was 1 unless given. */
    private static Value softmax(OnnxNode node) {
        return node.graph().add(node.name(), new Softmax(node.axis(node.opset() < 13 ? 1 : -1)), node.input(0));
    }
}

package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Constants, shapes, and operators that change shapes. */
final class OnnxShapes {

    private OnnxShapes() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("Constant", one(OnnxShapes::constant));
        operators.put("ConstantOfShape", one(OnnxShapes::filled));
        operators.put("Shape", one(OnnxShapes::shape));
        operators.put("Size", one(node -> node.graph().known(Literal.scalar(node.input(0).shape().elements()))));
        operators.put("Range", one(OnnxShapes::range));
        operators.put("Reshape", one(OnnxShapes::reshape));
        operators.put("Flatten", one(OnnxShapes::flatten));
        operators.put("Squeeze", one(node -> node.movement()
                .squeeze(node.name(), node.input(0), OnnxNode.axes(node.numbers(1, "axes").orElse(List.of())))));
        operators.put("Unsqueeze", one(node -> node.movement()
                .unsqueeze(node.name(), node.input(0), OnnxNode.axes(node.numbers(1, "axes").orElse(List.of(0L))))));
        operators.put("Transpose", one(OnnxShapes::transpose));
        operators.put("Concat", one(node -> node.movement().concat(node.name(), node.inputs(), node.axis(0))));
        operators.put("Expand", one(node -> node.movement().expand(
                node.name(), node.input(0), new Shape(node.known(1).numbers()).broadcast(node.input(0).shape()))));
        operators.put("Tile", one(OnnxShapes::tile));
        operators.put("Pad", one(OnnxShapes::pad));
        operators.put("DepthToSpace", one(node -> blocks(node, -1)));
        operators.put("SpaceToDepth", one(node -> blocks(node, 1)));
        return operators;
    }

    private static Value constant(OnnxNode node) {
        for (String name : List.of("value_int", "value_ints", "value_float", "value_floats", "value")) {
            if (node.has(name)) {
                AttributeProto value = node.attribute(name).orElseThrow();
                return switch (name) {
                    case "value_int" -> node.graph().known(Literal.scalar(value.getI()));
                    case "value_ints" -> node.graph().known(Literal.vector(value.getIntsList()));
                    case "value_float" -> node.graph().known(floats(Shape.of(), value.getF()));
                    case "value_floats" -> node.graph().known(floats(value.getFloatsList()));
                    default -> OnnxTensors.constant(node.graph(), node.result(), value.getT());
                };
            }
        }
        throw new IllegalArgumentException("the constant has no value");
    }

    private static Literal floats(List<Float> elements) {
        return floats(Shape.of(elements.size()), elements.stream().mapToDouble(Float::doubleValue).toArray());
    }

    private static Literal floats(Shape shape, double... elements) {
        return Literal.of(new TensorType(DataType.FP32, shape), elements);
    }

    /**
     * A tensor filled with one value. Models stripped of their weights have one in place of each: numbers of
     * floating-point type whose shape is stored in the file are therefore parameters.
     */
    private static Value filled(OnnxNode node) {
        List<Long> dimensions = node.known(0).numbers();
        double value = 0;
        DataType type = DataType.FP32;
        if (node.has("value")) {
            var tensor = node.attribute("value").orElseThrow().getT();
            type = OnnxTypes.elementType(tensor.getDataType());
            Value fill = OnnxTensors.constant(node.graph(), node.name() + ".value", tensor);
            value = fill.literal().map(Literal::value).orElse(0.0);
        }
        TensorType result = new TensorType(type, new Shape(dimensions));
        if (type.isFloatingPoint() && node.isFromFile(0) && result.shape().elements() > 1) {
            return node.graph().parameter(node.result(), result);
        }
        return Literal.fits(result.shape())
                ? node.graph().known(Literal.filled(result, value))
                : node.graph().constant(node.name(), result);
    }

    private static Value shape(OnnxNode node) {
        List<Long> dimensions = node.input(0).shape().dimensions();
        int rank = dimensions.size();
        int from = clamp(node.integer("start", 0), rank);
        int to = clamp(node.integer("end", rank), rank);
        return node.graph().known(Literal.vector(from < to ? dimensions.subList(from, to) : List.of()));
    }

    private static int clamp(long axis, int rank) {
        return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    private static Value range(OnnxNode node) {
        double start = node.known(0).value();
        double limit = node.known(1).value();
        double step = node.known(2).value();
        long count = step == 0 ? 0 : (long) Math.max(0, Math.ceil((limit - start) / step));
        TensorType type = new TensorType(node.input(0).type(), Shape.of(count));
        if (!Literal.fits(type.shape())) {
            return node.graph().constant(node.name(), type);
        }
        double[] elements = IntStream.range(0, (int) count).mapToDouble(i -> start + i * step).toArray();
        return node.graph().known(Literal.of(type, elements));
    }

    private static Value reshape(OnnxNode node) {
        List<Long> target = new ArrayList<>(node.numbers(1, "shape")
                .orElseThrow(() -> new IllegalArgumentException("the target shape is missing")));
        Shape shape = node.input(0).shape();
        if (node.integer("allowzero", 0) == 0) {
            for (int axis = 0; axis < target.size(); axis++) {
                if (target.get(axis) == 0) {
                    target.set(axis, shape.dimension(axis));
                }
            }
        }
        return node.movement().reshape(node.name(), node.input(0), Movement.completed(target, shape.elements()));
    }

    private static Value flatten(OnnxNode node) {
        Shape shape = node.input(0).shape();
        int axis = node.axis(1);
        int from = axis < 0 ? axis + shape.rank() : axis;
        return node.movement().reshape(
                node.name(),
                node.input(0),
                Shape.of(shape.product(0, from), shape.product(from, shape.rank())));
    }

    private static Value transpose(OnnxNode node) {
        int rank = node.input(0).shape().rank();
        List<Integer> reversed = IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList();
        List<Integer> permutation = node.integers("perm").map(OnnxNode::axes).orElse(reversed);
        return node.movement().transpose(node.name(), node.input(0), new Transpose(permutation));
    }

    private static Value tile(OnnxNode node) {
        List<Long> repeats = node.known(1).numbers();
        Value x = node.input(0);
        List<Long> dimensions = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            dimensions.add(Math.multiplyExact(x.dimension(axis), repeats.get(axis)));
        }
        Shape shape = new Shape(dimensions);
        boolean isBroadcast = x.shape().broadcast(shape).equals(shape) && fitsExpand(x.shape(), repeats);
        if (isBroadcast) {
            return node.movement().expand(node.name(), x, shape);
        }
        Value tiled = x;
        for (int axis = 0; axis < repeats.size(); axis++) {
            long count = repeats.get(axis);
            if (count > 1) {
                if (count > 4096) {
                    throw new IllegalArgumentException(count + " repetitions of " + x.shape());
                }
                List<Value> copies = Collections.nCopies((int) count, tiled);
                tiled = node.graph().addAll(node.name(), new Concat(axis), copies).getFirst();
            }
        }
        return tiled;
    }

    private static boolean fitsExpand(Shape shape, List<Long> repeats) {
        return IntStream.range(0, repeats.size())
                .allMatch(axis -> repeats.get(axis) == 1 || shape.dimension(axis) == 1);
    }

    private static Value pad(OnnxNode node) {
        Value x = node.input(0);
        List<Long> pads = node.numbers(1, "pads")
                .orElseThrow(() -> new IllegalArgumentException("the padding is missing"));
        int rank = x.shape().rank();
        List<Integer> axes = node.has(3)
                ? OnnxNode.axes(node.known(3).numbers()).stream().map(x.shape()::axis).toList()
                : IntStream.range(0, rank).boxed().toList();
        if (pads.size() != 2 * axes.size()) {
            throw new IllegalArgumentException(pads.size() + " paddings for " + axes.size() + " axes of " + x.shape()
                    + "; two for each are needed");
        }
        List<Long> before = new ArrayList<>(Collections.nCopies(rank, 0L));
        List<Long> after = new ArrayList<>(before);
        for (int i = 0; i < axes.size(); i++) {
            before.set(axes.get(i), pads.get(i));
            after.set(axes.get(i), pads.get(i + axes.size()));
        }
        return node.movement().pad(node.name(), x, before, after);
    }

    /** Blocks of pixels moved into channels, or back. */
    private static Value blocks(OnnxNode node, int direction) {
        long size = node.integer("blocksize", 1);
        Value x = node.input(0);
        long channels = x.dimension(1);
        long height = x.dimension(2);
        long width = x.dimension(3);
        boolean intoChannels = direction > 0;
        Shape split = intoChannels
                ? Shape.of(x.dimension(0), channels, height / size, size, width / size, size)
                : Shape.of(x.dimension(0), size, size, channels / (size * size), height, width);
        Transpose order = intoChannels ? Transpose.of(0, 3, 5, 1, 2, 4) : Transpose.of(0, 3, 4, 1, 5, 2);
        Shape result = intoChannels
                ? Shape.of(x.dimension(0), channels * size * size, height / size, width / size)
                : Shape.of(x.dimension(0), channels / (size * size), height * size, width * size);
        Movement movement = node.movement();
        Value blocks = movement.reshape(node.name() + ".split", x, split);
        return movement.reshape(
                node.name(), movement.transpose(node.name() + ".order", blocks, order), result);
    }
}

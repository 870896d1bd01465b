package dev.infermark.reader.tensorflow;

import static dev.infermark.reader.tensorflow.TensorFlowOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
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

/** Constants, variables, shapes, and operators that move elements. */
final class TensorFlowShapes {

    private TensorFlowShapes() {}

    static Map<String, TensorFlowOperator> operators() {
        Map<String, TensorFlowOperator> operators = new HashMap<>();
        operators.put("Const", one(node ->
                TensorFlowTypes.stored(node.graph(), node.name(), node.attribute("value").getTensor())));
        for (String name : List.of("VarHandleOp", "VariableV2", "Variable")) {
            operators.put(name, one(TensorFlowShapes::variable));
        }
        operators.put("Shape", one(node ->
                node.graph().known(Literal.vector(node.input(0).shape().dimensions()))));
        operators.put("Size", one(node -> node.graph().known(Literal.scalar(node.input(0).shape().elements()))));
        operators.put("Rank", one(node -> node.graph().known(Literal.scalar(node.input(0).shape().rank()))));
        operators.put("Fill", one(node -> {
            TensorType type = new TensorType(node.input(1).type(), new Shape(node.numbers(0)));
            return Literal.fits(type.shape())
                    ? node.graph().known(Literal.filled(type, node.input(1).known().value()))
                    : node.graph().constant(node.name(), type);
        }));
        operators.put("Range", one(TensorFlowShapes::range));
        operators.put("Reshape", one(node -> node.movement().reshape(
                node.name(),
                node.input(0),
                Movement.completed(node.numbers(1), node.input(0).shape().elements()))));
        operators.put("Squeeze", one(node -> node.movement().squeeze(
                node.name(), node.input(0), integers(node.integers("squeeze_dims")))));
        operators.put("ExpandDims", one(node -> node.movement()
                .unsqueeze(node.name(), node.input(0), node.axes(1))));
        operators.put("Transpose", one(node -> node.movement()
                .transpose(node.name(), node.input(0), new Transpose(node.axes(1)))));
        operators.put("Pack", one(TensorFlowShapes::pack));
        operators.put("Unpack", TensorFlowShapes::unpack);
        operators.put("ConcatV2", one(node -> node.movement().concat(
                node.name(),
                node.inputs().subList(0, node.inputs().size() - 1),
                node.axes(node.inputs().size() - 1).getFirst())));
        operators.put("GatherV2", one(node -> node.movement()
                .gather(node.name(), node.input(0), node.input(1), node.axes(2).getFirst())));
        for (String name : List.of("Gather", "ResourceGather")) {
            operators.put(name, one(node -> node.movement().gather(node.name(), node.input(0), node.input(1), 0)));
        }
        operators.put("Slice", one(TensorFlowShapes::slice));
        operators.put("StridedSlice", one(node -> StridedSlice.of(node).apply(node)));
        operators.put("Split", node -> split(node, node.input(1), node.axes(0).getFirst()));
        operators.put("SplitV", node -> node.movement().split(
                node.name(), node.input(0), node.axes(2).getFirst(), node.numbers(1)));
        operators.put("Tile", one(TensorFlowShapes::tile));
        operators.put("BroadcastTo", one(node -> node.movement()
                .expand(node.name(), node.input(0), new Shape(node.numbers(1)))));
        for (String name : List.of("ZerosLike", "OnesLike")) {
            operators.put(name, one(node -> node.graph().constant(
                    node.name(), new TensorType(node.input(0).type(), node.input(0).shape()))));
        }
        operators.put("OneHot", one(TensorFlowShapes::oneHot));
        return operators;
    }

    private static Value variable(TensorFlowNode node) {
        DataType type = TensorFlowTypes.elementType(node.attribute("dtype").getType());
        Shape shape = TensorFlowTypes.shape(node.attribute("shape").getShape());
        String shared = node.text("shared_name");
        String name = shared.isEmpty() ? node.name() : shared;
        return type.isFloatingPoint()
                ? node.graph().parameter(name, new TensorType(type, shape))
                : node.graph().constant(name, new TensorType(type, shape));
    }

    private static Value range(TensorFlowNode node) {
        double start = node.input(0).known().value();
        double limit = node.input(1).known().value();
        double step = node.input(2).known().value();
        long count = step == 0 ? 0 : (long) Math.max(0, Math.ceil((limit - start) / step));
        TensorType type = new TensorType(node.input(0).type(), Shape.of(count));
        if (!Literal.fits(type.shape())) {
            return node.graph().constant(node.name(), type);
        }
        double[] elements = IntStream.range(0, (int) count).mapToDouble(i -> start + i * step).toArray();
        return node.graph().known(Literal.of(type, elements));
    }

    private static Value pack(TensorFlowNode node) {
        int axis = (int) node.attribute("axis").getI();
        List<Value> parts = new ArrayList<>();
        for (Value input : node.inputs()) {
            parts.add(node.movement().unsqueeze(node.name() + "." + parts.size(), input, List.of(axis)));
        }
        return node.movement().concat(node.name(), parts, axis);
    }

    private static List<Value> unpack(TensorFlowNode node) {
        int axis = (int) node.attribute("axis").getI();
        long count = node.input(0).dimension(axis);
        List<Value> parts = node.movement().split(
                node.name(), node.input(0), axis, Collections.nCopies(Math.toIntExact(count), 1L));
        return parts.stream()
                .map(part -> node.movement().squeeze(node.name() + ".squeeze", part, List.of(axis)))
                .toList();
    }

    private static List<Value> split(TensorFlowNode node, Value x, int axis) {
        long count = node.attribute("num_split").getI();
        long length = x.dimension(axis);
        if (count < 1 || length % count != 0) {
            throw new IllegalArgumentException(count + " equal parts of an axis of " + length);
        }
        List<Long> lengths = Collections.nCopies(Math.toIntExact(count), length / count);
        return node.movement().split(node.name(), x, axis, lengths);
    }

    private static Value slice(TensorFlowNode node) {
        Value x = node.input(0);
        List<Long> starts = node.numbers(1);
        List<Long> sizes = node.numbers(2);
        Shape part = x.shape();
        for (int axis = 0; axis < sizes.size(); axis++) {
            long size = sizes.get(axis) == -1 ? x.dimension(axis) - starts.get(axis) : sizes.get(axis);
            part = part.with(axis, size);
        }
        return node.movement().slice(node.name(), x, starts, Collections.nCopies(starts.size(), 1L), part);
    }

    private static Value tile(TensorFlowNode node) {
        Value x = node.input(0);
        List<Long> repeats = node.numbers(1);
        List<Long> dimensions = new ArrayList<>();
        for (int axis = 0; axis < repeats.size(); axis++) {
            dimensions.add(Math.multiplyExact(x.dimension(axis), repeats.get(axis)));
        }
        return node.movement().expand(node.name(), x, new Shape(dimensions));
    }

    private static Value oneHot(TensorFlowNode node) {
        long depth = node.numbers(1).getFirst();
        Value indices = node.movement().unsqueeze(node.name() + ".unsqueeze", node.input(0), List.of(-1));
        Value classes = node.graph().constant(
                node.name() + ".classes", new TensorType(indices.type(), Shape.of(depth)));
        Value equal = node.graph().add(node.name(), new Elementwise(Elementwise.Kind.COMPARE), indices, classes);
        return node.arithmetic().activation(node.name() + ".cast", Function.CAST, equal, node.input(2).type());
    }

    private static List<Integer> integers(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).toList();
    }
}

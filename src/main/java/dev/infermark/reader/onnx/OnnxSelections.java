package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.CumulativeSum;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Scatter;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.TopK;
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
import java.util.stream.LongStream;

/** Operators that take some of a tensor's elements, or put some in. */
final class OnnxSelections {

    private OnnxSelections() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("Slice", one(OnnxSelections::slice));
        operators.put("Split", OnnxSelections::split);
        operators.put("Gather", one(OnnxSelections::gather));
        operators.put("GatherElements", one(OnnxSelections::gatherElements));
        operators.put("GatherND", one(OnnxSelections::gatherBlocks));
        for (String name : List.of("ScatterND", "ScatterElements", "Scatter")) {
            operators.put(name, one(node ->
                    node.graph().add(node.name(), new Scatter(), node.input(0), node.input(2), node.input(1))));
        }
        operators.put("OneHot", one(OnnxSelections::oneHot));
        operators.put("Trilu", one(OnnxSelections::triangle));
        operators.put("CumSum", one(node -> node.graph().add(
                node.name(), new CumulativeSum((int) node.known(1).number()), node.input(0))));
        operators.put("TopK", OnnxSelections::topK);
        operators.put("NonZero", one(OnnxSelections::nonZero));
        operators.put("NonMaxSuppression", one(OnnxSelections::nonMaxSuppression));
        return operators;
    }

    private static Value slice(OnnxNode node) {
        Value x = node.input(0);
        List<Long> starts = node.numbers(1, "starts").orElseThrow();
        List<Long> ends = node.numbers(2, "ends").orElseThrow();
        List<Long> axes = node.numbers(3, "axes").orElse(LongStream.range(0, starts.size()).boxed().toList());
        List<Long> steps = node.has(4) ? node.known(4).numbers() : Collections.nCopies(starts.size(), 1L);
        int rank = x.shape().rank();
        List<Long> from = new ArrayList<>(Collections.nCopies(rank, 0L));
        List<Long> by = new ArrayList<>(Collections.nCopies(rank, 1L));
        Shape part = x.shape();
        for (int i = 0; i < starts.size(); i++) {
            int axis = x.shape().axis(Math.toIntExact(axes.get(i)));
            long size = x.dimension(axis);
            long step = steps.get(i);
            if (step == 0) {
                throw new IllegalArgumentException("a step of 0");
            }
            long start = bounded(starts.get(i), size, step);
            long end = bounded(ends.get(i), size, step);
            from.set(axis, start);
            by.set(axis, step);
            part = part.with(axis, Math.max(0, Math.ceilDiv(end - start, step)));
        }
        return node.movement().slice(node.name(), x, from, by, part);
    }

    private static long bounded(long position, long size, long step) {
        long fromStart = position < 0 ? position + size : position;
        return step > 0 ? Math.clamp(fromStart, 0, size) : Math.clamp(fromStart, -1, size - 1);
    }

    private static List<Value> split(OnnxNode node) {
        Value x = node.input(0);
        int axis = node.axis(0);
        long whole = x.dimension(axis);
        long parts = Math.max(1, node.outputs());
        long length = Math.ceilDiv(whole, parts);
        List<Long> equal = LongStream.range(0, parts)
                .map(i -> Math.clamp(whole - i * length, 0, length))
                .boxed()
                .toList();
        return node.movement().split(node.name(), x, axis, node.numbers(1, "split").orElse(equal));
    }

    private static Value gather(OnnxNode node) {
        Value table = node.input(0);
        Value rows = node.movement().gather(node.name(), table, node.input(1), node.axis(0));
        boolean isQuantized = table.isParameter() && !table.type().isFloatingPoint();
        return isQuantized
                ? node.arithmetic().activation(node.name() + ".cast", Function.CAST, rows, DataType.FP32)
                : rows;
    }

    private static Value gatherElements(OnnxNode node) {
        Value x = node.input(0);
        Value flat = node.movement().reshape(node.name() + ".flatten", x, Shape.of(x.shape().elements()));
        return node.graph().add(node.name(), new Gather(0), flat, node.input(1));
    }

    /** Rows of a table whose first axes are counted as one. */
    private static Value gatherBlocks(OnnxNode node) {
        if (node.integer("batch_dims", 0) != 0) {
            throw new IllegalArgumentException("batch_dims other than 0 are not modelled");
        }
        Value x = node.input(0);
        Value indices = node.input(1);
        int depth = Math.toIntExact(indices.dimension(-1));
        List<Long> table = new ArrayList<>(List.of(x.shape().product(0, depth)));
        table.addAll(x.shape().dimensions().subList(depth, x.shape().rank()));
        Movement movement = node.movement();
        Value rows = movement.reshape(node.name() + ".rows", x, new Shape(table));
        Value first = node.graph().add(
                node.name() + ".first", Slice.of(-1, 0, 1), indices);
        Value positions = movement.squeeze(node.name() + ".positions", first, List.of(-1));
        return movement.gather(node.name(), rows, positions, 0);
    }

    private static Value oneHot(OnnxNode node) {
        long depth = node.known(1).number();
        Value indices = node.movement().unsqueeze(
                node.name() + ".unsqueeze", node.input(0), List.of(node.axis(-1)));
        int rank = indices.shape().rank();
        List<Long> dimensions = new ArrayList<>(Collections.nCopies(rank, 1L));
        dimensions.set(node.axis(-1) < 0 ? node.axis(-1) + rank : node.axis(-1), depth);
        Value classes = node.graph().constant(
                node.name() + ".classes", new TensorType(indices.type(), new Shape(dimensions)));
        Value equal = node.graph().add(
                node.name(), new dev.infermark.graph.Elementwise(Kind.COMPARE), indices, classes);
        return node.arithmetic().activation(node.name() + ".cast", Function.CAST, equal, node.input(2).type());
    }

    /** Upper or lower triangle: a product with a mask. */
    private static Value triangle(OnnxNode node) {
        Value x = node.input(0);
        if (x.isStored()) {
            return x.isParameter() ? x : node.graph().constant(node.name(), x.tensor().type());
        }
        Shape matrix = Shape.of(x.dimension(-2), x.dimension(-1));
        Value mask = node.graph().constant(node.name() + ".mask", new TensorType(x.type(), matrix));
        return node.arithmetic().elementwise(node.name(), Kind.MULTIPLY, List.of(x, mask));
    }

    private static List<Value> topK(OnnxNode node) {
        long k = node.has(1) ? node.known(1).number() : node.integer("k", 1);
        return node.graph().addAll(node.name(), new TopK(node.axis(-1), k), List.of(node.input(0)));
    }

    private static Value nonZero(OnnxNode node) {
        Literal literal = node.known(0);
        int rank = literal.shape().rank();
        List<Double> elements = literal.elements();
        List<Integer> found = IntStream.range(0, elements.size())
                .filter(i -> elements.get(i) != 0)
                .boxed()
                .toList();
        double[] positions = new double[rank * found.size()];
        for (int column = 0; column < found.size(); column++) {
            long rest = found.get(column);
            for (int axis = rank - 1; axis >= 0; axis--) {
                positions[axis * found.size() + column] = rest % literal.shape().dimension(axis);
                rest /= literal.shape().dimension(axis);
            }
        }
        TensorType type = new TensorType(DataType.INT64, Shape.of(rank, found.size()));
        return node.graph().known(Literal.of(type, positions));
    }

    /** It is unmodelled; as many boxes as can be kept at most are taken to be kept. */
    private static Value nonMaxSuppression(OnnxNode node) {
        long boxes = node.input(0).dimension(1);
        long classes = node.input(1).dimension(1);
        long most = node.has(2) ? Math.min(boxes, node.known(2).number()) : 0;
        long kept = Math.multiplyExact(node.input(0).dimension(0), Math.multiplyExact(classes, most));
        TensorType type = new TensorType(DataType.INT64, Shape.of(kept, 3));
        return node.graph()
                .addAll(node.name(), new Custom("NonMaxSuppression", List.of(type)), node.inputs())
                .getFirst();
    }
}

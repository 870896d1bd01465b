package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Reduce;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Combinations of all elements along axes. */
final class OnnxReductions {

    private OnnxReductions() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("ReduceSum", one(node -> reduce(node, Reduce.Kind.SUM, Double::sum)));
        operators.put("ReduceMean", one(node -> reduce(node, Reduce.Kind.MEAN, Double::sum)));
        operators.put("ReduceMax", one(node -> reduce(node, Reduce.Kind.MAX, Math::max)));
        operators.put("ReduceMin", one(node -> reduce(node, Reduce.Kind.MIN, Math::min)));
        operators.put("ReduceProd", one(node -> reduce(node, Reduce.Kind.PRODUCT, (a, b) -> a * b)));
        for (String name : List.of("ReduceL1", "ReduceL2", "ReduceSumSquare")) {
            operators.put(name, one(node -> written(node, Reduce.Kind.NORM)));
        }
        operators.put("ReduceLogSum", one(node -> logOf(node, written(node, Reduce.Kind.SUM))));
        operators.put("ReduceLogSumExp", one(OnnxReductions::logSumExp));
        operators.put("ArgMax", one(OnnxReductions::argument));
        operators.put("ArgMin", one(OnnxReductions::argument));
        return operators;
    }

    private static Value reduce(OnnxNode node, Reduce.Kind kind, DoubleBinaryOperator folding) {
        List<Integer> axes = OnnxNode.axes(node.numbers(1, "axes").orElse(List.of()));
        if (axes.isEmpty() && node.integer("noop_with_empty_axes", 0) != 0) {
            return node.input(0);
        }
        return node.arithmetic().reduce(node.name(), new Reduce(kind, axes, kept(node)), node.input(0), folding);
    }

    private static Value written(OnnxNode node, Reduce.Kind kind) {
        List<Integer> axes = OnnxNode.axes(node.numbers(1, "axes").orElse(List.of()));
        return node.graph().add(node.name(), new Reduce(kind, axes, kept(node)), node.input(0));
    }

    private static Value logSumExp(OnnxNode node) {
        Value x = node.input(0);
        Value exponentials = node.arithmetic().activation(node.name() + ".exp", Function.EXP, x, x.type());
        List<Integer> axes = OnnxNode.axes(node.numbers(1, "axes").orElse(List.of()));
        Reduce sum = new Reduce(Reduce.Kind.SUM, axes, kept(node));
        return logOf(node, node.graph().add(node.name(), sum, exponentials));
    }

    private static Value logOf(OnnxNode node, Value sum) {
        return node.arithmetic().activation(node.name() + ".log", Function.LOG, sum, sum.type());
    }

    private static Value argument(OnnxNode node) {
        Reduce reduce = new Reduce(Reduce.Kind.ARGUMENT, List.of(node.axis(0)), kept(node));
        return node.graph().add(node.name(), reduce, node.input(0));
    }

    private static Reduce.Axes kept(OnnxNode node) {
        return node.integer("keepdims", 1) == 0 ? Reduce.Axes.DROPPED : Reduce.Axes.KEPT;
    }
}

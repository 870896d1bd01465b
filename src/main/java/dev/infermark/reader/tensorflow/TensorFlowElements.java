package dev.infermark.reader.tensorflow;

import static dev.infermark.reader.tensorflow.TensorFlowOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Reduce;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of single elements and of elements in pairs, and their combination along axes. */
final class TensorFlowElements {

    private TensorFlowElements() {}

    static Map<String, TensorFlowOperator> operators() {
        Map<String, TensorFlowOperator> operators = new HashMap<>();
        for (String name : List.of(
                "Identity",
                "StopGradient",
                "PreventGradient",
                "CheckNumerics",
                "Snapshot",
                "ReadVariableOp",
                "EnsureShape")) {
            operators.put(name, one(node -> node.input(0)));
        }
        operators.put("IdentityN", node -> node.inputs());
        unary(operators, Function.RELU, x -> Math.max(0, x), "Relu");
        unary(operators, Function.RELU, x -> Math.clamp(x, 0.0, 6.0), "Relu6");
        unary(operators, Function.RELU, x -> x, "LeakyRelu");
        unary(operators, Function.TANH, Math::tanh, "Tanh");
        unary(operators, Function.SIGMOID, x -> 1 / (1 + Math.exp(-x)), "Sigmoid");
        unary(operators, Function.EXP, Math::exp, "Exp");
        unary(operators, Function.LOG, Math::log, "Log", "Log1p");
        unary(operators, Function.SQRT, Math::sqrt, "Sqrt");
        unary(operators, Function.RSQRT, x -> 1 / Math.sqrt(x), "Rsqrt");
        unary(operators, Function.SQUARE, x -> x * x, "Square");
        unary(operators, Function.NEGATE, x -> -x, "Neg");
        unary(operators, Function.ABSOLUTE, Math::abs, "Abs");
        unary(operators, Function.RECIPROCAL, x -> 1 / x, "Reciprocal", "Inv");
        unary(operators, Function.ROUND, Math::floor, "Floor");
        unary(operators, Function.ROUND, Math::ceil, "Ceil");
        unary(operators, Function.ROUND, Math::rint, "Round", "Rint");
        unary(operators, Function.ROUND, Math::signum, "Sign");
        unary(operators, Function.NOT, x -> x == 0 ? 1 : 0, "LogicalNot");
        Map.of(
                        "Erf", Function.ERF,
                        "Erfc", Function.ERF,
                        "Elu", Function.ELU,
                        "Selu", Function.ELU,
                        "Softplus", Function.SOFTPLUS,
                        "Sin", Function.TRIGONOMETRIC,
                        "Cos", Function.TRIGONOMETRIC)
                .forEach((name, function) -> operators.put(name, one(node -> node.input(0).isStored()
                        ? node.input(0).fixed()
                        : node.arithmetic().activation(
                                node.name(), function, node.input(0), node.input(0).type()))));
        operators.put("Cast", one(node -> node.arithmetic().cast(
                node.name(), node.input(0), TensorFlowTypes.elementType(node.attribute("DstT").getType()))));
        operators.put("ClipByValue", one(node -> node.arithmetic()
                .activation(node.name(), Function.CLIP, node.input(0), node.input(0).type())));
        pairs(operators);
        reductions(operators);
        return operators;
    }

    private static void pairs(Map<String, TensorFlowOperator> operators) {
        binary(operators, Kind.ADD, Double::sum, "Add", "AddV2", "BiasAdd", "AddN");
        binary(operators, Kind.SUBTRACT, (a, b) -> a - b, "Sub");
        binary(operators, Kind.MULTIPLY, (a, b) -> a * b, "Mul");
        binary(operators, Kind.DIVIDE, (a, b) -> a / b, "RealDiv", "Div");
        binary(operators, Kind.DIVIDE, (a, b) -> Math.floor(a / b), "FloorDiv");
        binary(operators, Kind.MODULO, (a, b) -> a - Math.floor(a / b) * b, "FloorMod");
        binary(operators, Kind.POWER, Math::pow, "Pow");
        binary(operators, Kind.MAXIMUM, Math::max, "Maximum");
        binary(operators, Kind.MINIMUM, Math::min, "Minimum");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a == b), "Equal");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a != b), "NotEqual");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a < b), "Less");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a <= b), "LessEqual");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a > b), "Greater");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a >= b), "GreaterEqual");
        binary(operators, Kind.LOGICAL, (a, b) -> truth(a != 0 && b != 0), "LogicalAnd");
        binary(operators, Kind.LOGICAL, (a, b) -> truth(a != 0 || b != 0), "LogicalOr");
        operators.put("SquaredDifference", one(node -> {
            Value difference = node.arithmetic().elementwise(
                    node.name() + ".difference", Kind.SUBTRACT, List.of(node.input(0), node.input(1)));
            return node.arithmetic().unary(node.name(), Function.SQUARE, difference, x -> x * x);
        }));
        for (String name : List.of("Select", "SelectV2")) {
            operators.put(name, one(node -> node.arithmetic()
                    .select(node.name(), node.input(0), node.input(1), node.input(2))));
        }
    }

    private static void reductions(Map<String, TensorFlowOperator> operators) {
        reduce(operators, "Sum", Reduce.Kind.SUM, Double::sum);
        reduce(operators, "Mean", Reduce.Kind.MEAN, Double::sum);
        reduce(operators, "Max", Reduce.Kind.MAX, Math::max);
        reduce(operators, "Min", Reduce.Kind.MIN, Math::min);
        reduce(operators, "Prod", Reduce.Kind.PRODUCT, (a, b) -> a * b);
        reduce(operators, "All", Reduce.Kind.MIN, Math::min);
        reduce(operators, "Any", Reduce.Kind.MAX, Math::max);
        operators.put("ArgMax", one(node -> node.graph().add(
                node.name(),
                new Reduce(Reduce.Kind.ARGUMENT, node.axes(1), Reduce.Axes.DROPPED),
                node.input(0))));
    }

    private static void unary(
            Map<String, TensorFlowOperator> operators,
            Function function,
            DoubleUnaryOperator folding,
            String... names) {
        for (String name : names) {
            operators.put(name, one(node -> node.arithmetic().unary(node.name(), function, node.input(0), folding)));
        }
    }

    private static void binary(
            Map<String, TensorFlowOperator> operators, Kind kind, DoubleBinaryOperator folding, String... names) {
        for (String name : names) {
            operators.put(name, one(node -> switch (node.inputs().size()) {
                case 1 -> node.input(0);
                case 2 -> node.arithmetic().binary(node.name(), kind, node.input(0), node.input(1), folding);
                default -> node.arithmetic().elementwise(node.name(), kind, node.inputs());
            }));
        }
    }

    private static void reduce(
            Map<String, TensorFlowOperator> operators, String name, Reduce.Kind kind, DoubleBinaryOperator folding) {
        operators.put(name, one(node -> {
            Reduce.Axes kept = node.flag("keep_dims") || node.flag("keepdims")
                    ? Reduce.Axes.KEPT
                    : Reduce.Axes.DROPPED;
            return node.arithmetic().reduce(
                    node.name(), new Reduce(kind, node.axes(1), kept), node.input(0), folding);
        }));
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }
}

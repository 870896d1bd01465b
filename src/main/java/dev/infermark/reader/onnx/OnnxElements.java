package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of single elements and of elements in pairs. */
final class OnnxElements {

    private OnnxElements() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        unary(operators, Function.RELU, x -> Math.max(0, x), "Relu");
        for (String name : List.of("LeakyRelu", "ThresholdedRelu")) {
            operators.put(name, one(node -> activation(node, Function.RELU)));
        }
        operators.put("PRelu", one(node -> activation(node, Function.RELU, 1)));
        operators.put("Clip", one(OnnxElements::clip));
        operators.put("Gelu", one(node -> activation(
                node, node.text("approximate", "none").equals("tanh") ? Function.GELU_TANH : Function.GELU)));
        Map.of(
                        "Sigmoid", Function.SIGMOID,
                        "HardSigmoid", Function.CLIP,
                        "HardSwish", Function.HARD_SWISH,
                        "Swish", Function.SILU,
                        "Mish", Function.MISH,
                        "Softplus", Function.SOFTPLUS,
                        "Softsign", Function.SOFTPLUS,
                        "Erf", Function.ERF)
                .forEach((name, function) -> operators.put(name, one(node -> activation(node, function))));
        for (String name : List.of("Elu", "Selu", "Celu")) {
            operators.put(name, one(node -> activation(node, Function.ELU)));
        }
        for (String name : List.of(
                "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh")) {
            operators.put(name, one(node -> activation(node, Function.TRIGONOMETRIC)));
        }
        for (String name : List.of("IsNaN", "IsInf")) {
            operators.put(name, one(node -> node.arithmetic().activation(
                    node.name(), Function.ROUND, node.input(0), dev.infermark.numerics.DataType.BOOL)));
        }
        unary(operators, Function.TANH, Math::tanh, "Tanh");
        unary(operators, Function.EXP, Math::exp, "Exp");
        unary(operators, Function.LOG, Math::log, "Log");
        unary(operators, Function.SQRT, Math::sqrt, "Sqrt");
        unary(operators, Function.NEGATE, x -> -x, "Neg");
        unary(operators, Function.ABSOLUTE, Math::abs, "Abs");
        unary(operators, Function.RECIPROCAL, x -> 1 / x, "Reciprocal");
        unary(operators, Function.ROUND, Math::floor, "Floor");
        unary(operators, Function.ROUND, Math::ceil, "Ceil");
        unary(operators, Function.ROUND, Math::rint, "Round");
        unary(operators, Function.ROUND, Math::signum, "Sign");
        unary(operators, Function.NOT, x -> x == 0 ? 1 : 0, "Not");
        operators.put("BitwiseNot", one(node -> activation(node, Function.NOT)));
        operators.put("Cast", one(node -> node.arithmetic().cast(
                node.name(), node.input(0), OnnxTypes.elementType((int) node.integer("to", 1)))));
        operators.put("CastLike", one(node -> node.arithmetic().cast(
                node.name(), node.input(0), node.input(1).type())));
        operators.put("Identity", one(node -> node.input(0)));
        operators.put("Dropout", one(node -> node.input(0)));
        arithmetic(operators);
        comparisons(operators);
        return operators;
    }

    private static void arithmetic(Map<String, OnnxOperator> operators) {
        binary(operators, Kind.ADD, Double::sum, "Add", "Sum");
        binary(operators, Kind.SUBTRACT, (a, b) -> a - b, "Sub");
        binary(operators, Kind.MULTIPLY, (a, b) -> a * b, "Mul");
        binary(operators, Kind.DIVIDE, (a, b) -> a / b, "Div");
        binary(operators, Kind.MAXIMUM, Math::max, "Max");
        binary(operators, Kind.MINIMUM, Math::min, "Min");
        binary(operators, Kind.MODULO, OnnxElements::modulo, "Mod");
        operators.put("Pow", one(node -> {
            Value x = node.input(0);
            Value exponent = node.arithmetic().cast(node.name() + ".exponent", node.input(1), x.type());
            return node.arithmetic().binary(node.name(), Kind.POWER, x, exponent, Math::pow);
        }));
        operators.put("Mean", one(node -> node.inputs().size() == 1
                ? node.input(0)
                : node.arithmetic().elementwise(node.name(), Kind.ADD, node.inputs())));
    }

    private static void comparisons(Map<String, OnnxOperator> operators) {
        binary(operators, Kind.COMPARE, (a, b) -> truth(a == b), "Equal");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a < b), "Less");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a <= b), "LessOrEqual");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a > b), "Greater");
        binary(operators, Kind.COMPARE, (a, b) -> truth(a >= b), "GreaterOrEqual");
        binary(operators, Kind.LOGICAL, (a, b) -> truth(a != 0 && b != 0), "And");
        binary(operators, Kind.LOGICAL, (a, b) -> truth(a != 0 || b != 0), "Or");
        binary(operators, Kind.LOGICAL, (a, b) -> truth((a != 0) != (b != 0)), "Xor");
        for (String name : List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitShift")) {
            operators.put(name, one(node -> node.arithmetic().elementwise(node.name(), Kind.LOGICAL, node.inputs())));
        }
        operators.put("Where", one(node -> node.arithmetic()
                .select(node.name(), node.input(0), node.input(1), node.input(2))));
    }

    private static void unary(
            Map<String, OnnxOperator> operators, Function function, DoubleUnaryOperator folding, String name) {
        operators.put(name, one(node -> node.arithmetic().unary(node.name(), function, node.input(0), folding)));
    }

    private static void binary(
            Map<String, OnnxOperator> operators, Kind kind, DoubleBinaryOperator folding, String... names) {
        for (String name : names) {
            operators.put(name, one(node -> combined(node, kind, folding)));
        }
    }

    /** The inputs combined from the first to the last; a single one stands for itself. */
    private static Value combined(OnnxNode node, Kind kind, DoubleBinaryOperator folding) {
        List<Value> inputs = node.inputs();
        return switch (inputs.size()) {
            case 0 -> node.input(0);
            case 1 -> inputs.getFirst();
            case 2 -> node.arithmetic().binary(node.name(), kind, inputs.getFirst(), inputs.getLast(), folding);
            default -> node.arithmetic().elementwise(node.name(), kind, inputs);
        };
    }

    /** A function of the first input; further ones are stored coefficients that it reads. */
    static Value activation(OnnxNode node, Function function, int... coefficients) {
        Value x = node.input(0);
        for (int coefficient : coefficients) {
            if (!node.input(coefficient).isStored()) {
                throw new IllegalArgumentException("its coefficients are not stored with the model");
            }
        }
        if (coefficients.length == 0 || x.isStored()) {
            return x.isStored() ? x.fixed() : node.arithmetic().activation(node.name(), function, x, x.type());
        }
        return node.graph().add(
                node.name(), new dev.infermark.graph.Activation(function, x.type()), x, node.input(coefficients[0]));
    }

    /** The clipped forms of ReLU start at 0; other ranges are clips. */
    private static Value clip(OnnxNode node) {
        double lowest = node.optional(1)
                .flatMap(Value::literal)
                .map(dev.infermark.reader.translate.Literal::value)
                .orElseGet(() -> node.attribute("min").map(min -> (double) min.getF()).orElse(-Double.MAX_VALUE));
        double highest = node.optional(2)
                .flatMap(Value::literal)
                .map(dev.infermark.reader.translate.Literal::value)
                .orElseGet(() -> node.attribute("max").map(max -> (double) max.getF()).orElse(Double.MAX_VALUE));
        Function function = lowest == 0 && highest > 1 ? Function.RELU : Function.CLIP;
        return node.arithmetic().unary(
                node.name(), function, node.input(0), x -> Math.min(highest, Math.max(lowest, x)));
    }

    private static double modulo(double a, double b) {
        return a - Math.floor(a / b) * b;
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }
}

package dev.infermark.reader.hlo;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Scatter;
import dev.infermark.reader.translate.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The operations that are known, by opcode. */
final class HloOperations {

    private HloOperations() {}

    /** The result of an instruction; empty where it is unmodelled. */
    static Optional<HloValue> translate(HloNode node) {
        Optional<Collective.Kind> exchange = HloCollectives.kind(node.instruction().opcode());
        if (exchange.isPresent()) {
            return Optional.of(HloCollectives.translate(node, exchange.get()));
        }
        return switch (node.instruction().opcode()) {
            case "reduce" -> HloReductions.reduce(node);
            case "batch-norm-training" -> HloReductions.normalized(node);
            case "custom-call" -> HloCustomCalls.translate(node);
            case "topk" -> HloCustomCalls.topK(node);
            default -> arrays(node);
        };
    }

    private static Optional<HloValue> arrays(HloNode node) {
        boolean isSupported = node.instruction().shape().array().isPresent();
        return isSupported ? array(node).map(HloValue.Array::new) : Optional.empty();
    }

    private static Optional<Value> array(HloNode node) {
        return element(node).or(() -> HloMovements.translate(node)).or(() -> HloContractions.translate(node))
                .or(() -> other(node));
    }

    private static Optional<Value> other(HloNode node) {
        return switch (node.instruction().opcode()) {
            case "reduce-window" -> HloReductions.window(node);
            case "batch-norm-inference" ->
                    Optional.of(node.graph().add(
                            node.name(),
                            new Normalization(Normalization.Kind.BATCH),
                            node.complete(0),
                            node.operand(1),
                            node.operand(2),
                            node.operand(3).fixed(),
                            node.operand(4).fixed()));
            case "scatter" ->
                    Optional.of(node.graph().add(
                            node.name(), new Scatter(), node.complete(0), node.complete(2), node.complete(1)));
            case "dynamic-update-slice" ->
                    Optional.of(node.graph().add(node.name(), new Scatter(), node.complete(0), node.complete(1)));
            default -> Optional.empty();
        };
    }

    /** Functions of single elements and of elements in pairs. */
    private static Optional<Value> element(HloNode node) {
        return switch (node.instruction().opcode()) {
            case "add" -> binary(node, Kind.ADD, Double::sum);
            case "subtract" -> binary(node, Kind.SUBTRACT, (a, b) -> a - b);
            case "multiply" -> binary(node, Kind.MULTIPLY, (a, b) -> a * b);
            case "divide" -> binary(node, Kind.DIVIDE, (a, b) -> a / b);
            case "power" -> binary(node, Kind.POWER, Math::pow);
            case "maximum" -> binary(node, Kind.MAXIMUM, Math::max);
            case "minimum" -> binary(node, Kind.MINIMUM, Math::min);
            case "remainder" -> binary(node, Kind.MODULO, (a, b) -> a % b);
            case "and", "or", "xor", "shift-left", "shift-right-logical", "shift-right-arithmetic" ->
                    Optional.of(node.arithmetic().elementwise(node.name(), Kind.LOGICAL, node.operands()));
            case "compare" -> binary(node, Kind.COMPARE, comparison(node.instruction().text("direction")));
            case "select" -> Optional.of(select(node));
            case "clamp" -> unary(node, 1, Function.CLIP, x -> x);
            case "exponential" -> unary(node, 0, Function.EXP, Math::exp);
            case "exponential-minus-one" -> unary(node, 0, Function.EXP, Math::expm1);
            case "log" -> unary(node, 0, Function.LOG, Math::log);
            case "log-plus-one" -> unary(node, 0, Function.LOG, Math::log1p);
            case "logistic" -> unary(node, 0, Function.SIGMOID, x -> 1 / (1 + Math.exp(-x)));
            case "tanh" -> unary(node, 0, Function.TANH, Math::tanh);
            case "erf" -> unary(node, 0, Function.ERF, x -> x);
            case "sqrt", "cbrt" -> unary(node, 0, Function.SQRT, Math::sqrt);
            case "rsqrt" -> unary(node, 0, Function.RSQRT, x -> 1 / Math.sqrt(x));
            case "sine", "cosine", "tan", "atan2" -> unary(node, 0, Function.TRIGONOMETRIC, Math::sin);
            case "negate" -> unary(node, 0, Function.NEGATE, x -> -x);
            case "abs" -> unary(node, 0, Function.ABSOLUTE, Math::abs);
            case "floor" -> unary(node, 0, Function.ROUND, Math::floor);
            case "ceil" -> unary(node, 0, Function.ROUND, Math::ceil);
            case "sign" -> unary(node, 0, Function.ROUND, Math::signum);
            case "round-nearest-even", "round-nearest-afz" -> unary(node, 0, Function.ROUND, Math::rint);
            case "is-finite" ->
                    Optional.of(node.arithmetic()
                            .activation(node.name(), Function.ROUND, node.operand(0), node.type().type()));
            case "not" -> unary(node, 0, Function.NOT, x -> x == 0 ? 1 : 0);
            case "convert", "bitcast-convert", "reduce-precision" ->
                    Optional.of(node.arithmetic().cast(node.name(), node.operand(0), node.type().type()));
            default -> Optional.empty();
        };
    }

    /** A condition known to be the same everywhere leaves one of the two, as guards against constants do. */
    private static Value select(HloNode node) {
        List<Double> truths = node.operand(0).literal()
                .map(literal -> literal.elements().stream().distinct().toList())
                .orElse(List.of());
        return truths.size() == 1
                ? node.operand(truths.getFirst() != 0 ? 1 : 2)
                : node.arithmetic().elementwise(node.name(), Kind.SELECT, node.operands());
    }

    private static DoubleBinaryOperator comparison(String direction) {
        return switch (direction) {
            case "EQ" -> (a, b) -> a == b ? 1 : 0;
            case "NE" -> (a, b) -> a != b ? 1 : 0;
            case "LT" -> (a, b) -> a < b ? 1 : 0;
            case "LE" -> (a, b) -> a <= b ? 1 : 0;
            case "GT" -> (a, b) -> a > b ? 1 : 0;
            case "GE" -> (a, b) -> a >= b ? 1 : 0;
            default -> throw new IllegalArgumentException("a comparison without a direction");
        };
    }

    private static Optional<Value> binary(HloNode node, Kind kind, DoubleBinaryOperator folding) {
        return Optional.of(
                node.arithmetic().binary(node.name(), kind, node.operand(0), node.operand(1), folding));
    }

    private static Optional<Value> unary(HloNode node, int operand, Function function, DoubleUnaryOperator folding) {
        return Optional.of(node.arithmetic().unary(node.name(), function, node.operand(operand), folding));
    }
}

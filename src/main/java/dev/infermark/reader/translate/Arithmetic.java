package dev.infermark.reader.translate;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Value.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of elements: computed at once where the elements are known, left to the loading of the model where all
 * operands are stored, and otherwise written as nodes.
 */
public record Arithmetic(Translation graph) {

    /** A function of each element. */
    public Value unary(String name, Function function, Value x, DoubleUnaryOperator folding) {
        if (x.literal().isPresent() && !x.isParameter()) {
            return graph.known(x.known().map(x.type(), folding));
        }
        return x.isStored() ? x : activation(name, function, x, x.type());
    }

    /** A conversion of the element type; a stored tensor keeps the type it is stored in. */
    public Value cast(String name, Value x, DataType type) {
        if (x.literal().isPresent() && !x.isParameter()) {
            return graph.known(x.known().cast(type));
        }
        return x.isStored() || x.type() == type ? x : activation(name, Function.CAST, x, type);
    }

    /** A function of each element whose output has a given type, written as a node. */
    public Value activation(String name, Function function, Value x, DataType type) {
        return graph.addPhysically(name, new Activation(function, type), List.of(x), x.layout()).getFirst();
    }

    /** A function of two elements; shapes broadcast. */
    public Value binary(String name, Kind kind, Value a, Value b, DoubleBinaryOperator folding) {
        DataType type = kind == Kind.COMPARE ? DataType.BOOL : b.type();
        if (isFoldable(a, b)) {
            return graph.known(a.known().zip(b.known(), type, rounded(kind, type, folding)));
        }
        if (kind == Kind.MULTIPLY && (isOne(a, b) || isOne(b, a))) {
            return isOne(a, b) ? b : a;
        }
        return elementwise(name, kind, List.of(a, b));
    }

    /** Whether a factor is a one that compilers leave out, such as the coefficient in x · σ(1 · x). */
    private static boolean isOne(Value factor, Value other) {
        return factor.type() == other.type()
                && factor.shape().rank() <= other.shape().rank()
                && factor.literal()
                        .filter(literal -> literal.shape().elements() == 1 && literal.value() == 1)
                        .isPresent();
    }

    /** One of two values, by a condition. */
    public Value select(String name, Value condition, Value then, Value otherwise) {
        Shape shape = condition.shape().broadcast(then.shape()).broadcast(otherwise.shape());
        if (condition.literal().isPresent() && isFoldable(then, otherwise) && Literal.fits(shape)) {
            Literal truth = condition.known().expand(shape);
            Literal yes = then.known().expand(shape);
            Literal no = otherwise.known().expand(shape);
            TensorType type = new TensorType(then.type(), shape);
            return graph.known(Literal.generate(type, at -> truth.at(at) != 0 ? yes.at(at) : no.at(at)));
        }
        return elementwise(name, Kind.SELECT, List.of(condition, then, otherwise));
    }

    /** A function of two or more elements, without folding of their contents; shapes broadcast. */
    public Value elementwise(String name, Kind kind, List<Value> operands) {
        if (operands.stream().allMatch(Value::isStored)) {
            Optional<Value> folded = foldedWhenLoaded(name, operands, kind);
            if (folded.isPresent()) {
                return folded.get();
            }
        }
        if (operands.stream().allMatch(value -> value.layout() == Layout.AS_WRITTEN)) {
            return graph.addAll(name, new Elementwise(kind), operands).getFirst();
        }
        int rank = operands.stream().mapToInt(value -> value.shape().rank()).max().orElse(0);
        List<Value> aligned = new ArrayList<>();
        for (Value operand : operands) {
            aligned.add(channelsSecond(operand, rank));
        }
        return graph.addPhysically(name, new Elementwise(kind), aligned, Layout.CHANNELS_LAST).getFirst();
    }

    /** A combination of all elements along some axes. */
    public Value reduce(String name, Reduce reduce, Value x, DoubleBinaryOperator folding) {
        if (x.literal().isPresent() && !x.isParameter() && x.shape().rank() <= 1 && x.shape().elements() > 0) {
            double result = x.known().elements().stream().reduce(folding::applyAsDouble).orElseThrow();
            double scaled = reduce.kind() == Reduce.Kind.MEAN ? result / x.shape().elements() : result;
            TensorType type = reduce.infer(List.of(x.tensor().type())).getFirst();
            return graph.known(Literal.of(type, scaled));
        }
        if (x.layout() == Layout.CHANNELS_LAST && reduce.reduced() == Reduce.Axes.KEPT && !reduce.axes().isEmpty()) {
            List<Integer> axes = reduce.axes().stream()
                    .map(axis -> physicalAxis(axis, x.shape()))
                    .toList();
            Reduce physical = new Reduce(reduce.kind(), axes, reduce.reduced());
            return graph.addPhysically(name, physical, List.of(x), Layout.CHANNELS_LAST).getFirst();
        }
        if (x.layout() == Layout.CHANNELS_LAST && isSpatial(reduce.axes(), x.shape())) {
            List<Integer> spatial = java.util.stream.IntStream.range(2, x.shape().rank()).boxed().toList();
            Reduce physical = new Reduce(reduce.kind(), spatial, reduce.reduced());
            return graph.addPhysically(name, physical, List.of(x), Layout.AS_WRITTEN).getFirst();
        }
        return graph.add(name, reduce, x);
    }

    /** Where an axis of [batch, spatial..., channels] lies in [batch, channels, spatial...]. */
    static int physicalAxis(int axis, Shape written) {
        int at = written.axis(axis);
        return at == 0 ? 0 : at == written.rank() - 1 ? 1 : at + 1;
    }

    private static boolean isSpatial(List<Integer> axes, Shape written) {
        List<Integer> sorted = axes.stream().map(written::axis).sorted().toList();
        return sorted.equals(java.util.stream.IntStream.range(1, written.rank() - 1).boxed().toList());
    }

    private Value channelsSecond(Value operand, int rank) {
        int own = operand.shape().rank();
        if (operand.layout() == Layout.CHANNELS_LAST || (operand.shape().elements() == 1 && own < rank)) {
            return operand;
        }
        List<Long> dimensions = new ArrayList<>(operand.shape().dimensions());
        while (dimensions.size() < rank) {
            dimensions.addFirst(1L);
        }
        String name = operand.tensor().name() + ".broadcast";
        Value full = new Movement(graph).reshape(name, operand, new Shape(dimensions));
        return graph.channelsLast(full);
    }

    /** A stored tensor in place of arithmetic on stored tensors, which is done once when the model is loaded. */
    private Optional<Value> foldedWhenLoaded(String name, List<Value> operands, Kind kind) {
        TensorType type = new Elementwise(kind)
                .infer(operands.stream().map(value -> value.tensor().type()).toList())
                .getFirst();
        if (Translation.allFixed(operands)) {
            return Optional.of(graph.constant(name, type));
        }
        return operands.stream()
                .filter(value -> value.isParameter() && value.shape().elements() == type.shape().elements())
                .findFirst()
                .map(value -> value.view(value.tensor().type().withShape(type.shape()), Optional.empty()));
    }

    private static boolean isFoldable(Value a, Value b) {
        return a.literal().isPresent()
                && b.literal().isPresent()
                && !(a.isParameter() && b.isParameter())
                && !(a.isParameter() && a.shape().elements() > 1)
                && !(b.isParameter() && b.shape().elements() > 1)
                && Literal.fits(a.shape().broadcast(b.shape()));
    }

    private static DoubleBinaryOperator rounded(Kind kind, DataType type, DoubleBinaryOperator folding) {
        if (kind != Kind.DIVIDE || type.isFloatingPoint()) {
            return folding;
        }
        return (a, b) -> {
            double quotient = folding.applyAsDouble(a, b);
            return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
        };
    }
}

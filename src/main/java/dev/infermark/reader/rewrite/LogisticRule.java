package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** 1 / (1 + exp(−x)) as the logistic function of x, and x / (1 + exp(−x)) as SiLU of x. */
final class LogisticRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (last.operator() instanceof Activation(Function function, _) && function == Function.RECIPROCAL) {
            return exponent(last.inputs().getFirst(), pattern)
                    .flatMap(x -> Replacement.of(last, function(Function.SIGMOID, last), x));
        }
        if (!last.operator().equals(new Elementwise(Kind.DIVIDE))) {
            return Optional.empty();
        }
        Tensor above = last.inputs().get(0);
        return exponent(last.inputs().get(1), pattern)
                .flatMap(x -> Pattern.isScalar(above)
                        ? Replacement.of(last, function(Function.SIGMOID, last), x)
                        : Optional.of(x)
                                .filter(above::equals)
                                .flatMap(_ -> Replacement.of(last, function(Function.SILU, last), above)));
    }

    private static Activation function(Function function, Node last) {
        return new Activation(function, last.output().type().type());
    }

    /** The x of 1 + exp(−x). */
    private static Optional<Tensor> exponent(Tensor tensor, Pattern pattern) {
        return pattern.elementwise(tensor, Kind.ADD)
                .flatMap(Pattern::otherThanScalar)
                .flatMap(exponential -> pattern.argument(exponential, Function.EXP))
                .flatMap(negative -> pattern.argument(negative, Function.NEGATE)
                        .or(() -> Optional.of(pattern.unscaled(negative)).filter(x -> !x.equals(negative))));
    }
}

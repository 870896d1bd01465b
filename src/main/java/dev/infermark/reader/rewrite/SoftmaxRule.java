package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * exp(x − max(x)) / sum(exp(x − max(x))) along the innermost axis, or times the reciprocal of the sum, as softmax of x.
 */
final class SoftmaxRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (last.operator().equals(new Elementwise(Kind.DIVIDE))) {
            return divided(last, last.inputs().get(0), last.inputs().get(1), pattern);
        }
        if (!last.operator().equals(new Elementwise(Kind.MULTIPLY)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return inverse(second, pattern)
                .flatMap(sum -> divided(last, first, sum, pattern))
                .or(() -> inverse(first, pattern).flatMap(sum -> divided(last, second, sum, pattern)));
    }

    /** What a tensor is the reciprocal of. */
    private static Optional<Tensor> inverse(Tensor tensor, Pattern pattern) {
        Tensor plain = pattern.plain(tensor);
        return pattern.argument(plain, Function.RECIPROCAL)
                .or(() -> pattern.elementwise(plain, Kind.DIVIDE)
                        .filter(node -> Pattern.isScalar(node.inputs().get(0)))
                        .map(node -> node.inputs().get(1)));
    }

    private static Optional<List<Node>> divided(Node last, Tensor exponentials, Tensor sum, Pattern pattern) {
        boolean isNormalized = pattern.reducedInnermost(pattern.plain(sum), Reduce.Kind.SUM)
                .equals(Optional.of(pattern.plain(exponentials)));
        if (!isNormalized) {
            return Optional.empty();
        }
        return pattern.argument(pattern.plain(exponentials), Function.EXP)
                .map(exponent -> withoutMaximum(exponent, pattern))
                .filter(x -> x.shape().equals(last.output().shape()))
                .flatMap(x -> Replacement.of(last, new Softmax(-1), x));
    }

    /** The exponent before its maximum was subtracted, which changes no result. */
    private static Tensor withoutMaximum(Tensor exponent, Pattern pattern) {
        return pattern.elementwise(exponent, Kind.SUBTRACT)
                .filter(node -> isMaximum(node.inputs().get(1), node.inputs().get(0), pattern))
                .map(node -> node.inputs().getFirst())
                .orElse(exponent);
    }

    private static boolean isMaximum(Tensor tensor, Tensor x, Pattern pattern) {
        Tensor plain = pattern.plain(tensor);
        Tensor reduced = pattern.elementwise(plain, Kind.MAXIMUM)
                .flatMap(Pattern::otherThanScalar)
                .map(pattern::plain)
                .orElse(plain);
        return pattern.reducedInnermost(reduced, Reduce.Kind.MAX).equals(Optional.of(pattern.plain(x)));
    }
}

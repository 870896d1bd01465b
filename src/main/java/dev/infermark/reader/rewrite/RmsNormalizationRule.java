package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x / √(mean(x²) + ε), or times the reciprocal of the root, as normalisation by the root mean square. */
final class RmsNormalizationRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        if (last.operator().equals(new Elementwise(Kind.DIVIDE))) {
            return replaced(last, first, pattern.argument(pattern.plain(second), Function.SQRT), pattern);
        }
        if (last.operator().equals(new Elementwise(Kind.MULTIPLY))) {
            return replaced(last, first, reciprocalRoot(second, pattern), pattern)
                    .or(() -> replaced(last, second, reciprocalRoot(first, pattern), pattern));
        }
        return Optional.empty();
    }

    private static Optional<Tensor> reciprocalRoot(Tensor tensor, Pattern pattern) {
        Tensor plain = pattern.plain(tensor);
        return pattern.argument(plain, Function.RSQRT)
                .or(() -> pattern.argument(plain, Function.RECIPROCAL)
                        .or(() -> pattern.elementwise(plain, Kind.DIVIDE)
                                .filter(node -> Pattern.isScalar(node.inputs().getFirst()))
                                .map(node -> node.inputs().get(1)))
                        .flatMap(root -> pattern.argument(root, Function.SQRT)));
    }

    private static Optional<List<Node>> replaced(Node last, Tensor x, Optional<Tensor> radicand, Pattern pattern) {
        Tensor plain = pattern.plain(x);
        return radicand.flatMap(pattern::variance)
                .flatMap(mean -> pattern.reducedInnermost(mean, Reduce.Kind.MEAN))
                .flatMap(pattern::squared)
                .filter(plain::equals)
                .flatMap(_ -> Replacement.of(last, new Normalization(Normalization.Kind.RMS), x));
    }
}

package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** ½ · x · (1 + erf(x / √2)) or ½ · x · (1 − erf(−x / √2)), its factors in any order, as GELU of x. */
final class GeluRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        return GatedProduct.find(last, pattern, tensor -> error(tensor, pattern).isPresent())
                .filter(GatedProduct::hasNumber)
                .filter(product -> error(product.gate(), pattern)
                        .map(pattern::plain)
                        .equals(Optional.of(pattern.plain(product.x()))))
                .flatMap(product -> Replacement.of(
                        last,
                        new Activation(Function.GELU, last.output().type().type()),
                        product.x()));
    }

    /** The unscaled argument of the error function in 1 + erf(argument) or 1 − erf(−argument). */
    private static Optional<Tensor> error(Tensor tensor, Pattern pattern) {
        return pattern.elementwise(tensor, Kind.ADD)
                .flatMap(Pattern::otherThanScalar)
                .flatMap(inner -> pattern.argument(inner, Function.ERF))
                .map(pattern::unscaled)
                .or(() -> pattern.elementwise(tensor, Kind.SUBTRACT)
                        .filter(node -> Pattern.isScalar(node.inputs().get(0)))
                        .flatMap(node -> pattern.argument(node.inputs().get(1), Function.ERF))
                        .map(pattern::unscaled)
                        .flatMap(argument -> pattern.argument(argument, Function.NEGATE))
                        .map(pattern::unscaled));
    }
}

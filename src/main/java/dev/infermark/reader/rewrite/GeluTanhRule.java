package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))), its factors in any order, as the tanh form of GELU of x. */
final class GeluTanhRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        return GatedProduct.find(last, pattern, tensor -> tangent(tensor, pattern).isPresent())
                .filter(GatedProduct::hasNumber)
                .filter(product -> tangent(product.gate(), pattern)
                        .filter(inner -> new Formula(product.x(), pattern).isPolynomial(inner))
                        .isPresent())
                .flatMap(product -> Replacement.of(
                        last,
                        new Activation(Function.GELU_TANH, last.output().type().type()),
                        product.x()));
    }

    /** The argument of the hyperbolic tangent that one is added to. */
    private static Optional<Tensor> tangent(Tensor tensor, Pattern pattern) {
        return pattern.elementwise(tensor, Kind.ADD)
                .flatMap(Pattern::otherThanScalar)
                .flatMap(inner -> pattern.argument(inner, Function.TANH));
    }
}

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
    /** The cube is at most this many operators away from the tanh. */
    private static final int MOST_STEPS = 8;

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        return GatedProduct.find(last, pattern, tensor -> tangent(tensor, pattern).isPresent())
                .filter(GatedProduct::hasNumber)
                .filter(product -> tangent(product.gate(), pattern)
                        .filter(inner -> isPolynomial(inner, pattern.plain(product.x()), pattern, MOST_STEPS))
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

    /** Whether a tensor is made of x and stored numbers by sums, products and powers alone. */
    private static boolean isPolynomial(Tensor tensor, Tensor x, Pattern pattern, int steps) {
        Tensor plain = pattern.plain(tensor);
        if (plain.equals(x) || Pattern.isScalar(plain)) {
            return true;
        }
        if (steps == 0) {
            return false;
        }
        Optional<Tensor> square = pattern.argument(plain, Function.SQUARE);
        if (square.isPresent()) {
            return isPolynomial(square.get(), x, pattern, steps - 1);
        }
        return pattern.elementwise(plain, Kind.ADD)
                .or(() -> pattern.elementwise(plain, Kind.MULTIPLY))
                .or(() -> pattern.elementwise(plain, Kind.POWER))
                .filter(node -> node.inputs().stream()
                        .allMatch(input -> isPolynomial(input, x, pattern, steps - 1)))
                .isPresent();
    }
}

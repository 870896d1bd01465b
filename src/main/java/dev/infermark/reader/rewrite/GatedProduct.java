package dev.infermark.reader.rewrite;

import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A product of a tensor, a gate computed from it, and stored numbers, in any order.
 *
 * @param x the tensor
 * @param gate the gate
 * @param hasNumber whether there is a stored number among the factors
 */
record GatedProduct(Tensor x, Tensor gate, boolean hasNumber) {
    /** x, the gate and a half make two products; one more leaves room for another number. */
    private static final int MOST_PRODUCTS = 3;

    /** The product that a node ends, if one of its factors is a gate. */
    static Optional<GatedProduct> find(Node last, Pattern pattern, Predicate<Tensor> isGate) {
        return last.operator().equals(new Elementwise(Kind.MULTIPLY))
                ? find(last, pattern, isGate, MOST_PRODUCTS)
                : Optional.empty();
    }

    private static Optional<GatedProduct> find(Node product, Pattern pattern, Predicate<Tensor> isGate, int depth) {
        if (depth == 0 || product.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = product.inputs().get(0);
        Tensor second = product.inputs().get(1);
        return through(first, second, pattern, isGate, depth)
                .or(() -> through(second, first, pattern, isGate, depth));
    }

    /** The product whose gate lies on this side. */
    private static Optional<GatedProduct> through(
            Tensor side, Tensor other, Pattern pattern, Predicate<Tensor> isGate, int depth) {
        if (Pattern.isScalar(side)) {
            return Optional.empty();
        }
        Tensor bare = pattern.unscaled(side);
        if (isGate.test(bare)) {
            Tensor x = pattern.unscaled(other);
            boolean hasNumber = !bare.equals(side) || !x.equals(other);
            return Pattern.isScalar(other) ? Optional.empty() : Optional.of(new GatedProduct(x, bare, hasNumber));
        }
        if (!Pattern.isScalar(other)) {
            return Optional.empty();
        }
        return pattern.elementwise(side, Kind.MULTIPLY)
                .flatMap(inner -> find(inner, pattern, isGate, depth - 1))
                .map(product -> new GatedProduct(product.x(), product.gate(), true));
    }
}

package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x · clip(x + 3, 0, 6) / 6 as the hard form of SiLU of x. */
final class HardSwishRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        return GatedProduct.find(last, pattern, tensor -> clipped(tensor, pattern).isPresent())
                .filter(product -> clipped(product.gate(), pattern)
                        .flatMap(inner -> inner.equals(product.x())
                                ? Optional.of(inner)
                                : pattern.elementwise(inner, Kind.ADD).flatMap(Pattern::otherThanScalar))
                        .equals(Optional.of(product.x())))
                .flatMap(product -> Replacement.of(
                        last,
                        new Activation(Function.HARD_SWISH, last.output().type().type()),
                        product.x()));
    }

    private static Optional<Tensor> clipped(Tensor tensor, Pattern pattern) {
        return pattern.argument(tensor, Function.CLIP)
                .or(() -> pattern.argument(tensor, Function.RELU)
                        .filter(inner -> pattern.elementwise(inner, Kind.ADD)
                                .flatMap(Pattern::otherThanScalar)
                                .isPresent()));
    }
}

package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x · tanh(softplus(x)) as Mish of x. */
final class MishRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        return GatedProduct.find(last, pattern, tensor -> argument(tensor, pattern).isPresent())
                .filter(product -> !product.hasNumber())
                .filter(product -> argument(product.gate(), pattern).equals(Optional.of(product.x())))
                .flatMap(product -> Replacement.of(
                        last, new Activation(Function.MISH, last.output().type().type()), product.x()));
    }

    private static Optional<Tensor> argument(Tensor tensor, Pattern pattern) {
        return pattern.argument(tensor, Function.TANH).flatMap(inner -> pattern.argument(inner, Function.SOFTPLUS));
    }
}

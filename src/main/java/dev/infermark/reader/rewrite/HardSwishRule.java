package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x · clip(x + 3, 0, 6) / 6 as the hard form of SiLU of x. */
final class HardSwishRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        boolean isDivided = last.operator().equals(new Elementwise(Kind.DIVIDE))
                && Pattern.isScalar(last.inputs().get(1));
        Optional<Node> end = isDivided ? pattern.producer(last.inputs().getFirst()) : Optional.of(last);
        return end.flatMap(node -> GatedProduct.find(node, pattern, tensor -> clipped(tensor, pattern).isPresent()))
                .filter(product -> isHard(product, isDivided || product.hasNumber(), pattern))
                .flatMap(product -> Replacement.of(
                        last,
                        new Activation(Function.HARD_SWISH, last.output().type().type()),
                        product.x()));
    }

    /** Whether the gate is the hard logistic function itself, or clip(x + 3, 0, 6) with a division somewhere. */
    private static boolean isHard(GatedProduct product, boolean isScaled, Pattern pattern) {
        Optional<Tensor> argument = clipped(product.gate(), pattern);
        Optional<Tensor> shifted = argument.flatMap(inner -> pattern.elementwise(inner, Kind.ADD))
                .flatMap(Pattern::otherThanScalar);
        return argument.equals(Optional.of(product.x())) || (isScaled && shifted.equals(Optional.of(product.x())));
    }

    private static Optional<Tensor> clipped(Tensor tensor, Pattern pattern) {
        return pattern.argument(tensor, Function.CLIP)
                .or(() -> pattern.argument(tensor, Function.RELU)
                        .filter(inner -> pattern.elementwise(inner, Kind.ADD)
                                .flatMap(Pattern::otherThanScalar)
                                .isPresent()));
    }
}

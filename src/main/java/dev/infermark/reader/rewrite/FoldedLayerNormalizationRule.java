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

/** x · s + (shift − mean · s) with s = scale / √(variance + ε), TensorFlow's form of layer normalisation. */
final class FoldedLayerNormalizationRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!last.operator().equals(new Elementwise(Kind.ADD)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return matched(last, first, second, pattern).or(() -> matched(last, second, first, pattern));
    }

    private static Optional<List<Node>> matched(Node last, Tensor scaled, Tensor shifted, Pattern pattern) {
        Optional<Node> product = pattern.elementwise(scaled, Kind.MULTIPLY);
        Optional<Node> difference = pattern.elementwise(shifted, Kind.SUBTRACT);
        if (product.isEmpty() || difference.isEmpty()) {
            return Optional.empty();
        }
        Tensor x = product.get().inputs().get(0);
        Tensor factor = product.get().inputs().get(1);
        Tensor shift = difference.get().inputs().get(0);
        boolean isMeanScaled = pattern.elementwise(difference.get().inputs().get(1), Kind.MULTIPLY)
                .filter(node -> node.inputs().get(1).equals(factor))
                .flatMap(node -> pattern.reducedInnermost(node.inputs().get(0), Reduce.Kind.MEAN))
                .filter(pattern.plain(x)::equals)
                .isPresent();
        if (!isMeanScaled || !shift.role().isStored()) {
            return Optional.empty();
        }
        return pattern.elementwise(factor, Kind.MULTIPLY)
                .filter(node -> node.inputs().get(1).role().isStored())
                .filter(node -> pattern.argument(node.inputs().get(0), Function.RSQRT).isPresent())
                .flatMap(node -> Replacement.of(
                        last, new Normalization(Normalization.Kind.LAYER), x, node.inputs().get(1), shift));
    }
}

package dev.infermark.reader.rewrite;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x · s + t of each channel as batch normalisation, and a number per channel added to a convolution as its bias. */
final class ChannelScaleRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!last.operator().equals(new Elementwise(Kind.ADD)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return matched(last, first, second, pattern).or(() -> matched(last, second, first, pattern));
    }

    private static Optional<List<Node>> matched(Node last, Tensor x, Tensor shift, Pattern pattern) {
        if (!isPerChannel(shift, x)) {
            return Optional.empty();
        }
        return biased(last, x, shift, pattern)
                .or(() -> pattern.elementwise(x, Kind.MULTIPLY).flatMap(product -> {
                    Tensor a = product.inputs().get(0);
                    Tensor b = product.inputs().get(1);
                    return scaled(last, a, b, shift).or(() -> scaled(last, b, a, shift));
                }));
    }

    private static Optional<List<Node>> biased(Node last, Tensor x, Tensor bias, Pattern pattern) {
        return pattern.producer(x)
                .filter(node -> node.operator() instanceof Convolution && node.inputs().size() == 2)
                .flatMap(node -> Replacement.of(
                        last, node.operator(), node.inputs().get(0), node.inputs().get(1), vector(bias)));
    }

    private static Optional<List<Node>> scaled(Node last, Tensor x, Tensor scale, Tensor shift) {
        return isPerChannel(scale, x)
                ? Replacement.of(
                        last, new Normalization(Normalization.Kind.BATCH), x, vector(scale), vector(shift))
                : Optional.empty();
    }

    private static Tensor vector(Tensor tensor) {
        return new Tensor(
                tensor.name(),
                tensor.type().withShape(Shape.of(tensor.shape().elements())),
                tensor.role());
    }

    /** Whether a stored tensor is [channels, 1, ...] beside an image [batch, channels, spatial...]. */
    private static boolean isPerChannel(Tensor tensor, Tensor image) {
        int rank = image.shape().rank();
        int own = tensor.shape().rank();
        return tensor.role().isStored()
                && rank >= 3
                && own >= rank - 1
                && own <= rank
                && tensor.shape().dimension(1 - rank) == image.shape().dimension(1)
                && tensor.shape().elements() == image.shape().dimension(1)
                && tensor.shape().elements() > 1;
    }
}

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

/** (x − mean) / √(mean((x − mean)²) + ε), or times the reciprocal of the root, as layer normalisation of x. */
final class LayerNormalizationRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!(last.operator() instanceof Elementwise elementwise) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        Optional<Tensor> normalized =
                switch (elementwise.kind()) {
                    case DIVIDE -> divided(first, second, pattern);
                    case MULTIPLY -> eitherOrder(first, second, pattern);
                    case ADD, SUBTRACT, POWER, MAXIMUM, MINIMUM, MODULO, COMPARE, LOGICAL, SELECT -> Optional.empty();
                };
        return normalized.flatMap(
                x -> Replacement.of(last, new Normalization(Normalization.Kind.LAYER), x))
                .or(() -> scaled(last, first, second, pattern))
                .or(() -> scaled(last, second, first, pattern));
    }

    private static Optional<Tensor> divided(Tensor deviation, Tensor root, Pattern pattern) {
        return pattern.argument(pattern.plain(root), Function.SQRT)
                .flatMap(pattern::variance)
                .flatMap(variance -> matched(deviation, variance, pattern));
    }

    private static Optional<Tensor> eitherOrder(Tensor first, Tensor second, Pattern pattern) {
        return multiplied(first, second, pattern).or(() -> multiplied(second, first, pattern));
    }

    private static Optional<Tensor> multiplied(Tensor deviation, Tensor root, Pattern pattern) {
        return pattern.argument(pattern.plain(root), Function.RSQRT)
                .flatMap(pattern::variance)
                .flatMap(variance -> matched(deviation, variance, pattern));
    }

    /** The scale may be multiplied with the reciprocal of the root first. */
    private static Optional<List<Node>> scaled(Node last, Tensor deviation, Tensor factor, Pattern pattern) {
        if (!last.operator().equals(new Elementwise(Kind.MULTIPLY))) {
            return Optional.empty();
        }
        return pattern.elementwise(factor, Kind.MULTIPLY)
                .flatMap(node -> {
                    Tensor a = node.inputs().get(0);
                    Tensor b = node.inputs().get(1);
                    return scaled(last, deviation, a, b, pattern).or(() -> scaled(last, deviation, b, a, pattern));
                });
    }

    private static Optional<List<Node>> scaled(
            Node last, Tensor deviation, Tensor root, Tensor scale, Pattern pattern) {
        return Optional.of(scale)
                .filter(learned -> learned.role().isStored())
                .flatMap(_ -> multiplied(deviation, root, pattern))
                .flatMap(x -> Replacement.of(last, new Normalization(Normalization.Kind.LAYER), x, scale));
    }

    /** The tensor whose deviations from its mean are normalised by their own variance. */
    private static Optional<Tensor> matched(Tensor deviation, Tensor variance, Pattern pattern) {
        Optional<Tensor> quick = fastVariance(variance, pattern);
        Optional<Tensor> squared = pattern.reducedInnermost(variance, Reduce.Kind.MEAN)
                .flatMap(pattern::squared)
                .flatMap(inner -> centred(inner, pattern))
                .map(pattern::plain);
        return centred(deviation, pattern).filter(x -> {
            Optional<Tensor> plain = Optional.of(pattern.plain(x));
            return plain.equals(squared) || plain.equals(quick);
        });
    }

    /** What has this variance by the formula mean(x²) − mean(x)², which may be kept from going below zero. */
    private static Optional<Tensor> fastVariance(Tensor variance, Pattern pattern) {
        Tensor plain = pattern.plain(variance);
        Tensor difference = pattern.elementwise(plain, Kind.MAXIMUM)
                .flatMap(Pattern::otherThanScalar)
                .or(() -> pattern.argument(plain, Function.RELU))
                .or(() -> pattern.argument(plain, Function.CLIP))
                .map(pattern::plain)
                .orElse(plain);
        return pattern.elementwise(difference, Kind.SUBTRACT).flatMap(node -> {
            Optional<Tensor> ofSquares = pattern.reducedInnermost(pattern.plain(node.inputs().get(0)), Reduce.Kind.MEAN)
                    .flatMap(pattern::squared);
            Optional<Tensor> ofItself = pattern.squared(pattern.plain(node.inputs().get(1)))
                    .flatMap(mean -> pattern.reducedInnermost(mean, Reduce.Kind.MEAN));
            return ofSquares.filter(x -> Optional.of(x).equals(ofItself));
        });
    }

    /** What a tensor's mean has been subtracted from. */
    static Optional<Tensor> centred(Tensor deviation, Pattern pattern) {
        return pattern.elementwise(pattern.plain(deviation), Kind.SUBTRACT)
                .filter(node -> pattern.reducedInnermost(pattern.plain(node.inputs().get(1)), Reduce.Kind.MEAN)
                        .equals(Optional.of(pattern.plain(node.inputs().get(0)))))
                .map(node -> node.inputs().getFirst());
    }
}

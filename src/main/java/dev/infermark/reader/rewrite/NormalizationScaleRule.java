package dev.infermark.reader.rewrite;

import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A learned scale or shift after layer or root mean square normalisation as part of the normalisation. */
final class NormalizationScaleRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!(last.operator() instanceof Elementwise(Kind kind)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        int inputsBefore = kind == Kind.MULTIPLY ? 1 : kind == Kind.ADD ? 2 : 0;
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return absorbed(last, first, second, inputsBefore, pattern)
                .or(() -> absorbed(last, second, first, inputsBefore, pattern));
    }

    private static Optional<List<Node>> absorbed(
            Node last, Tensor normalized, Tensor learned, int inputsBefore, Pattern pattern) {
        boolean fits = learned.role().isStored()
                && normalized.shape().rank() > 0
                && learned.shape().elements() == normalized.shape().dimension(-1)
                && learned.shape().rank() > 0
                && learned.shape().dimension(-1) == learned.shape().elements();
        if (!fits) {
            return Optional.empty();
        }
        return pattern.producer(pattern.uncast(normalized))
                .filter(node -> node.inputs().size() == inputsBefore)
                .filter(node -> node.operator() instanceof Normalization normalization
                        && hasScaleAlongInnermost(normalization))
                .map(node -> {
                    List<Tensor> inputs = new ArrayList<>(node.inputs());
                    inputs.add(learned);
                    return List.of(new Node(
                            last.name(), last.layer(), node.operator(), inputs, last.outputs(), last.repetitions()));
                });
    }

    private static boolean hasScaleAlongInnermost(Normalization normalization) {
        return switch (normalization.kind()) {
            case LAYER, RMS -> true;
            case BATCH, GROUP -> false;
        };
    }
}

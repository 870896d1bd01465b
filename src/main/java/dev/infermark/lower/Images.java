package dev.infermark.lower;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pad;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Resize;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TransposedConvolution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tensors of a graph are images, whose channels lie across the partitions. */
final class Images {
    private final Set<String> names = new HashSet<>();

    Images(Graph graph) {
        for (Node node : graph.nodes()) {
            if (makesImages(node)) {
                node.outputs().forEach(output -> names.add(output.name()));
            }
        }
    }

    boolean contains(Tensor tensor) {
        return !names.isEmpty() && names.contains(tensor.name());
    }

    private boolean makesImages(Node node) {
        return switch (node.operator()) {
            case Convolution _, TransposedConvolution _, Pool _, Resize _ -> true;
            case Elementwise _, Activation _, Normalization _, Concat _, Pad _, Slice _ ->
                    hasImage(node.inputs());
            default -> false;
        };
    }

    private boolean hasImage(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (contains(tensor)) {
                return true;
            }
        }
        return false;
    }
}

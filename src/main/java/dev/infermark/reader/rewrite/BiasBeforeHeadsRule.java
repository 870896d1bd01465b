package dev.infermark.reader.rewrite;

import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A bias [heads, 1, width] that is added after a projection has been split into heads, as the bias [heads · width] of
 * the projection.
 */
final class BiasBeforeHeadsRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!last.operator().equals(new Elementwise(Kind.ADD)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return matched(last, first, second, pattern).or(() -> matched(last, second, first, pattern));
    }

    private static Optional<List<Node>> matched(Node last, Tensor heads, Tensor bias, Pattern pattern) {
        if (!bias.role().isStored() || Pattern.isScalar(bias)) {
            return Optional.empty();
        }
        Optional<Node> moved = pattern.producer(heads).filter(node -> node.operator() instanceof Transpose);
        return pattern.producer(moved.map(node -> node.inputs().getFirst()).orElse(heads))
                .filter(view -> view.operator() instanceof Reshape)
                .filter(view -> splitsInnermost(view, permutation(moved, view), bias))
                .map(view -> replaced(last, view, moved, bias));
    }

    private static List<Integer> permutation(Optional<Node> moved, Node view) {
        return moved.map(node -> ((Transpose) node.operator()).permutation())
                .orElseGet(() -> java.util.stream.IntStream.range(0, view.output().shape().rank())
                        .boxed()
                        .toList());
    }

    /** Whether the view splits its innermost axis in two, and the bias has exactly those two. */
    private static boolean splitsInnermost(Node view, List<Integer> permutation, Tensor bias) {
        Shape joined = view.inputs().getFirst().shape();
        Shape split = view.output().shape();
        int rank = split.rank();
        if (rank != joined.rank() + 1
                || !split.dimensions().subList(0, rank - 2)
                        .equals(joined.dimensions().subList(0, rank - 2))
                || bias.shape().rank() > rank
                || bias.shape().elements() != joined.dimension(-1)) {
            return false;
        }
        List<Long> aligned = new ArrayList<>(Collections.nCopies(rank - bias.shape().rank(), 1L));
        aligned.addAll(bias.shape().dimensions());
        return aligned.get(permutation.indexOf(rank - 2)) == split.dimension(-2)
                && aligned.get(permutation.indexOf(rank - 1)) == split.dimension(-1);
    }

    private static List<Node> replaced(Node last, Node view, Optional<Node> moved, Tensor bias) {
        Tensor x = view.inputs().getFirst();
        Tensor vector = new Tensor(
                bias.name(),
                bias.type().withShape(Shape.of(bias.shape().elements())),
                bias.role());
        List<Node> nodes = new ArrayList<>();
        Tensor sum = new Tensor(last.name() + ".joined", x.type(), TensorRole.ACTIVATION);
        nodes.add(new Node(
                sum.name(), view.layer(), last.operator(), List.of(x, vector), List.of(sum), last.repetitions()));
        if (moved.isEmpty()) {
            nodes.add(last.with(view.operator(), List.of(sum)));
        } else {
            Tensor split = new Tensor(last.name() + ".heads", view.output().type(), TensorRole.ACTIVATION);
            nodes.add(new Node(
                    split.name(), view.layer(), view.operator(), List.of(sum), List.of(split), last.repetitions()));
            nodes.add(last.with(moved.get().operator(), List.of(split)));
        }
        return nodes;
    }
}

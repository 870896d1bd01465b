package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Node;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Transpose;
import java.util.List;
import java.util.Optional;

/** Nodes that change nothing, alone or together with the node before them. */
final class SimplificationRule {
    private SimplificationRule() {}

    /** The tensor that a node's only output is the same as, if it changes nothing. */
    static Optional<Tensor> same(Node node, Pattern pattern) {
        if (node.inputs().isEmpty() || node.outputs().size() != 1) {
            return Optional.empty();
        }
        Tensor x = source(node, pattern);
        boolean isSame =
                switch (node.operator()) {
                    case Activation(Activation.Function function, _) ->
                            function == Activation.Function.IDENTITY
                                    || (function == Activation.Function.CAST
                                            && x.type().equals(node.output().type()));
                    case Reshape _ -> x.type().equals(node.output().type());
                    case Transpose transpose -> isIdentity(composed(transpose, node, pattern));
                    default -> false;
                };
        return isSame ? Optional.of(x) : Optional.empty();
    }

    /** The node with the node of its kind before it taken into it. */
    static Node merged(Node node, Pattern pattern) {
        Tensor x = node.inputs().isEmpty() ? node.output() : source(node, pattern);
        return switch (node.operator()) {
            case Reshape reshape when !x.equals(node.inputs().getFirst()) -> node.with(reshape, List.of(x));
            case Transpose transpose when !x.equals(node.inputs().getFirst()) ->
                    node.with(new Transpose(composed(transpose, node, pattern)), List.of(x));
            default -> node;
        };
    }

    /** The input of the node before, where that is of the same kind. */
    private static Tensor source(Node node, Pattern pattern) {
        Tensor input = node.inputs().getFirst();
        boolean isMovement = node.operator() instanceof Reshape || node.operator() instanceof Transpose;
        return isMovement
                ? pattern.producer(input)
                        .filter(before -> before.operator().getClass().equals(node.operator().getClass()))
                        .map(before -> before.inputs().getFirst())
                        .orElse(input)
                : input;
    }

    private static List<Integer> composed(Transpose transpose, Node node, Pattern pattern) {
        return pattern.producer(node.inputs().getFirst())
                .filter(before -> before.operator() instanceof Transpose)
                .map(before -> ((Transpose) before.operator()).permutation())
                .map(first -> transpose.permutation().stream().map(first::get).toList())
                .orElse(transpose.permutation());
    }

    private static boolean isIdentity(List<Integer> permutation) {
        return permutation.equals(permutation.stream().sorted().toList());
    }
}

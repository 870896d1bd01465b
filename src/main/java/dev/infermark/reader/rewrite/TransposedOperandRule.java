package dev.infermark.reader.rewrite;

import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A product whose right operand has been transposed into place, as a product with a transposed operand; an order of
 * axes such as (0, 2, 3, 1) leaves the order (0, 2, 1, 3) to be made.
 */
final class TransposedOperandRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!(last.operator() instanceof MatMul(Operand left, Operand right)) || right == Operand.TRANSPOSED) {
            return Optional.empty();
        }
        return pattern.producer(last.inputs().get(1))
                .filter(node -> node.operator() instanceof Transpose transpose && movesInnermost(transpose))
                .map(node -> replaced(last, left, node));
    }

    /** Whether the innermost axis becomes the second to last, as the keys of attention have it. */
    private static boolean movesInnermost(Transpose transpose) {
        int rank = transpose.permutation().size();
        return rank >= 2 && transpose.permutation().get(rank - 2) == rank - 1;
    }

    private static List<Node> replaced(Node last, Operand left, Node moved) {
        List<Integer> order = new ArrayList<>(((Transpose) moved.operator()).permutation());
        Collections.swap(order, order.size() - 1, order.size() - 2);
        Tensor operand = moved.inputs().getFirst();
        List<Node> nodes = new ArrayList<>();
        if (!order.equals(order.stream().sorted().toList())) {
            Transpose transpose = new Transpose(order);
            Tensor ordered = new Tensor(
                    last.name() + ".operand",
                    transpose.infer(List.of(operand.type())).getFirst(),
                    TensorRole.ACTIVATION);
            nodes.add(new Node(
                    ordered.name(), last.layer(), transpose, List.of(operand), List.of(ordered), last.repetitions()));
            operand = ordered;
        }
        MatMul product = new MatMul(left, Operand.TRANSPOSED);
        nodes.add(new Node(
                last.name(),
                last.layer(),
                product,
                List.of(last.inputs().getFirst(), operand),
                last.outputs(),
                last.repetitions()));
        return nodes;
    }
}

package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Pad;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done to images whose channels were moved last, or back to the second axis, as done before they were moved, so
 * that the moves meet and cancel.
 */
final class ChannelsLastRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        List<Node> moves = last.inputs().stream()
                .filter(input -> !Pattern.isScalar(input))
                .flatMap(input -> pattern.producer(input).stream())
                .filter(node -> node.operator() instanceof Transpose transpose && movesChannels(transpose))
                .toList();
        long moved = last.inputs().stream().filter(input -> !Pattern.isScalar(input)).count();
        boolean isAll = !moves.isEmpty()
                && moves.size() == moved
                && moves.stream().map(Node::operator).distinct().count() == 1
                && last.outputs().size() == 1;
        return isAll ? before(last, (Transpose) moves.getFirst().operator(), pattern) : Optional.empty();
    }

    private static boolean movesChannels(Transpose transpose) {
        List<Integer> order = transpose.permutation();
        int rank = order.size();
        return rank >= 4 && (order.equals(last(rank)) || order.equals(second(rank)));
    }

    /** [batch, channels, spatial...] to [batch, spatial..., channels]. */
    private static List<Integer> last(int rank) {
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int axis = 2; axis < rank; axis++) {
            order.add(axis);
        }
        order.add(1);
        return order;
    }

    /** [batch, spatial..., channels] to [batch, channels, spatial...]. */
    private static List<Integer> second(int rank) {
        List<Integer> order = new ArrayList<>(List.of(0, rank - 1));
        for (int axis = 1; axis < rank - 1; axis++) {
            order.add(axis);
        }
        return order;
    }

    private static Optional<List<Node>> before(Node last, Transpose move, Pattern pattern) {
        List<Integer> order = move.permutation();
        return switch (last.operator()) {
            case Elementwise elementwise -> Optional.of(movedAfter(last, elementwise, move, pattern));
            case Activation activation -> Optional.of(movedAfter(last, activation, move, pattern));
            case Concat(int axis) ->
                    Optional.of(movedAfter(
                            last, new Concat(order.get(last.output().shape().axis(axis))), move, pattern));
            case Pad(Shape shape) -> {
                List<Long> dimensions = new ArrayList<>(shape.dimensions());
                for (int axis = 0; axis < order.size(); axis++) {
                    dimensions.set(order.get(axis), shape.dimension(axis));
                }
                yield Optional.of(movedAfter(last, new Pad(new Shape(dimensions)), move, pattern));
            }
            case Reduce(Reduce.Kind kind, List<Integer> axes, Reduce.Axes reduced) ->
                    reduced(last, new Reduce(kind, own(axes, order), reduced), move, pattern);
            default -> Optional.empty();
        };
    }

    private static List<Integer> own(List<Integer> axes, List<Integer> order) {
        return axes.stream()
                .map(axis -> order.get(axis < 0 ? axis + order.size() : axis))
                .sorted()
                .toList();
    }

    private static Optional<List<Node>> reduced(Node last, Reduce reduce, Transpose move, Pattern pattern) {
        if (reduce.axes().isEmpty()) {
            return Optional.empty();
        }
        if (reduce.reduced() == Reduce.Axes.KEPT) {
            return Optional.of(movedAfter(last, reduce, move, pattern));
        }
        List<Integer> kept = move.permutation().stream()
                .filter(axis -> !reduce.axes().contains(axis))
                .toList();
        return kept.equals(kept.stream().sorted().toList())
                ? Optional.of(List.of(last.with(reduce, unmoved(last, pattern))))
                : Optional.empty();
    }

    private static List<Node> movedAfter(Node last, Operator operator, Transpose move, Pattern pattern) {
        List<Tensor> inputs = unmoved(last, pattern);
        Tensor result = new Tensor(
                last.name() + ".unmoved",
                operator.infer(inputs.stream().map(Tensor::type).toList()).getFirst(),
                TensorRole.ACTIVATION);
        return List.of(
                new Node(result.name(), last.layer(), operator, inputs, List.of(result), last.repetitions()),
                last.with(move, List.of(result)));
    }

    private static List<Tensor> unmoved(Node last, Pattern pattern) {
        return last.inputs().stream()
                .map(input -> pattern.producer(input)
                        .filter(node -> node.operator() instanceof Transpose && !Pattern.isScalar(input))
                        .map(node -> node.inputs().getFirst())
                        .orElse(input))
                .toList();
    }
}

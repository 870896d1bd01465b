package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** The way back from a tensor to the operators that it comes from. */
final class Pattern {
    private final GraphRewriter graph;

    Pattern(GraphRewriter graph) {
        this.graph = graph;
    }

    /** The node that computes a tensor. */
    Optional<Node> producer(Tensor tensor) {
        return graph.producer(tensor);
    }

    /** The node that computes a tensor, where it combines elements in this way. */
    Optional<Node> elementwise(Tensor tensor, Elementwise.Kind kind) {
        return producer(tensor).filter(node -> node.operator().equals(new Elementwise(kind)));
    }

    /** The operand of the function that computes a tensor, where it is this one. */
    Optional<Tensor> argument(Tensor tensor, Activation.Function function) {
        return producer(tensor)
                .filter(node -> node.operator() instanceof Activation activation && activation.function() == function)
                .map(node -> node.inputs().getFirst());
    }

    /** The operand of the reduction over the innermost axis that computes a tensor, where it is of this kind. */
    Optional<Tensor> reducedInnermost(Tensor tensor, Reduce.Kind kind) {
        Optional<Tensor> reduced = reduced(tensor, kind);
        // A mean may be written as a sum, divided by the number of elements.
        return reduced.isEmpty() && kind == Reduce.Kind.MEAN && !unscaled(tensor).equals(tensor)
                ? reduced(plain(unscaled(tensor)), Reduce.Kind.SUM)
                : reduced;
    }

    private Optional<Tensor> reduced(Tensor tensor, Reduce.Kind kind) {
        return producer(tensor)
                .filter(node -> node.operator() instanceof Reduce reduce
                        && reduce.kind() == kind
                        && reduce.axes().size() == 1
                        && node.inputs().getFirst().shape().rank() > 0
                        && node.inputs().getFirst().shape().axis(reduce.axes().getFirst())
                                == node.inputs().getFirst().shape().rank() - 1)
                .map(node -> plain(node.inputs().getFirst()));
    }

    /** The tensor before conversions of its element type, and before changes of shape that move nothing. */
    Tensor plain(Tensor tensor) {
        Tensor current = tensor;
        while (true) {
            Optional<Node> renaming = producer(current).filter(node -> isRenaming(node.operator()));
            if (renaming.isEmpty()) {
                return current;
            }
            current = renaming.get().inputs().getFirst();
        }
    }

    /** The tensor before a conversion of its element type. */
    Tensor uncast(Tensor tensor) {
        return argument(tensor, Activation.Function.CAST).map(this::uncast).orElse(tensor);
    }

    /** The square root's operand without the small number that keeps it from zero. */
    Optional<Tensor> variance(Tensor tensor) {
        return elementwise(plain(tensor), Elementwise.Kind.ADD)
                .flatMap(node -> otherThanScalar(node))
                .map(this::plain);
    }

    /** What is squared to make this tensor. */
    Optional<Tensor> squared(Tensor tensor) {
        Optional<Tensor> square = argument(tensor, Activation.Function.SQUARE);
        if (square.isPresent()) {
            return square.map(this::plain);
        }
        Optional<Node> power = elementwise(tensor, Elementwise.Kind.POWER)
                .filter(node -> isScalar(node.inputs().get(1)));
        return power.or(() -> elementwise(tensor, Elementwise.Kind.MULTIPLY)
                        .filter(node -> node.inputs().get(0).equals(node.inputs().get(1))))
                .map(node -> plain(node.inputs().getFirst()));
    }

    /** The operand of a node of two operands whose other one is a stored number. */
    static Optional<Tensor> otherThanScalar(Node node) {
        List<Tensor> inputs = node.inputs();
        if (inputs.size() != 2) {
            return Optional.empty();
        }
        return isScalar(inputs.get(1))
                ? Optional.of(inputs.get(0))
                : isScalar(inputs.get(0)) ? Optional.of(inputs.get(1)) : Optional.empty();
    }

    /** The tensor without factors and divisors that are stored numbers. */
    Tensor unscaled(Tensor tensor) {
        Optional<Tensor> inner = elementwise(tensor, Elementwise.Kind.MULTIPLY)
                .flatMap(Pattern::otherThanScalar)
                .or(() -> elementwise(tensor, Elementwise.Kind.DIVIDE)
                        .filter(node -> isScalar(node.inputs().get(1)))
                        .map(node -> node.inputs().getFirst()));
        return inner.isPresent() ? unscaled(inner.get()) : tensor;
    }

    /** Whether a tensor is a stored number. */
    static boolean isScalar(Tensor tensor) {
        return tensor.role().isStored() && tensor.shape().elements() == 1;
    }

    private static boolean isRenaming(Operator operator) {
        return operator instanceof Reshape
                || operator instanceof Expand
                || (operator instanceof Activation activation && activation.function() == Activation.Function.CAST);
    }
}

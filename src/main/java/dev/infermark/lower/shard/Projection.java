package dev.infermark.lower.shard;

import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import java.util.Optional;

/**
 * A matmul of something computed with weights, on whichever side these stand: x · W, or W · x with the outer elements
 * of the weights above each other in its result.
 *
 * @param node the matmul
 * @param side which of its operands the weights are
 */
record Projection(Node node, Side side) {

    /** An operand of a matmul. */
    enum Side {
        LEFT,
        RIGHT
    }

    /** The projection that a node is whose weights are stored as they are; none for any other node. */
    static Optional<Projection> of(Node node) {
        if (!(node.operator() instanceof MatMul)) {
            return Optional.empty();
        }
        Projection right = new Projection(node, Side.RIGHT);
        if (right.weights().role().isStored()) {
            return Optional.of(right);
        }
        Projection left = new Projection(node, Side.LEFT);
        // A column by a row, such as frequencies by positions, is an outer product and no projection.
        boolean isLeft = left.weights().role().isStored() && left.weights().shape().rank() == 2 && left.inner() > 1;
        return isLeft ? Optional.of(left) : Optional.empty();
    }

    /** The weights. */
    Tensor weights() {
        return node.inputs().get(side == Side.LEFT ? 0 : 1);
    }

    /** What they are multiplied with. */
    Tensor data() {
        return node.inputs().get(side == Side.LEFT ? 1 : 0);
    }

    /** Elements that are summed over, which are the rows of W in x · W. */
    long inner() {
        return sizes().k();
    }

    /** Elements of each result, which are the columns of W in x · W. */
    long outer() {
        return side == Side.LEFT ? sizes().m() : sizes().n();
    }

    /** The axis of the weights that is summed over, or the other one. */
    int axis(WeightShape.Split split) {
        MatMul matMul = (MatMul) node.operator();
        boolean isPlain = (side == Side.LEFT ? matMul.left() : matMul.right()) == Operand.PLAIN;
        boolean isOuter = split == WeightShape.Split.COLUMNS;
        boolean isLast = isPlain == (isOuter == (side == Side.RIGHT));
        return isLast ? -1 : -2;
    }

    private MatMul.Sizes sizes() {
        return ((MatMul) node.operator())
                .sizes(node.inputs().get(0).type(), node.inputs().get(1).type());
    }

    /** Whether a vector, or a column of one, has an element for each outer one. */
    static Optional<Integer> axisOf(Shape shape, long elements) {
        if (shape.rank() > 0 && shape.dimension(-1) == elements) {
            return Optional.of(-1);
        }
        boolean isColumn = shape.rank() > 1 && shape.dimension(-1) == 1 && shape.dimension(-2) == elements;
        return isColumn ? Optional.of(-2) : Optional.empty();
    }
}

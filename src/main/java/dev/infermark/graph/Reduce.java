package dev.infermark.graph;

import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Combination of all elements along some axes.
 *
 * <p>Input: one tensor. Output: the input's shape with these axes set to 1 or dropped; positions are
 * {@link DataType#INT64}.
 *
 * @param kind how elements combine
 * @param axes the axes, negative ones from the innermost; empty means all
 * @param reduced what becomes of the axes
 */
public record Reduce(Kind kind, List<Integer> axes, Axes reduced) implements Operator {

    /** How elements combine. */
    public enum Kind {
        /** Sum. */
        SUM,
        /** Mean. */
        MEAN,
        /** Largest. */
        MAX,
        /** Smallest. */
        MIN,
        /** Product. */
        PRODUCT,
        /** A norm: sum of absolute values or squares, or its root. */
        NORM,
        /** Position of the largest or smallest. */
        ARGUMENT
    }

    /** What becomes of reduced axes. */
    public enum Axes {
        /** They stay with size 1. */
        KEPT,
        /** They disappear. */
        DROPPED
    }

    /** Copies the list. */
    public Reduce {
        axes = List.copyOf(axes);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        Set<Integer> chosen = new TreeSet<>();
        for (int axis : axes) {
            chosen.add(shape.axis(axis));
        }
        List<Long> dimensions = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            boolean isReduced = axes.isEmpty() || chosen.contains(i);
            if (!isReduced) {
                dimensions.add(shape.dimension(i));
            } else if (reduced == Axes.KEPT) {
                dimensions.add(1L);
            }
        }
        DataType type = kind == Kind.ARGUMENT ? DataType.INT64 : inputs.getFirst().type();
        return List.of(new TensorType(type, new Shape(dimensions)));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return new Work(0, inputs.getFirst().shape().elements());
    }
}

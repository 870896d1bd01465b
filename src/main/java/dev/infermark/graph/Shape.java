package dev.infermark.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a tensor, outermost first; the empty shape is a scalar. */
public record Shape(List<Long> dimensions) {

    /** Refuses negative dimensions and element counts beyond 2^63. */
    public Shape {
        dimensions = List.copyOf(dimensions);
        long product = 1;
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension in shape " + dimensions);
            }
            try {
                product = Math.multiplyExact(product, dimension);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("shape " + dimensions + " has more than 2^63 elements", e);
            }
        }
    }

    /** The shape with these dimensions. */
    public static Shape of(long... dimensions) {
        return new Shape(Arrays.stream(dimensions).boxed().toList());
    }

    /** The number of dimensions. */
    public int rank() {
        return dimensions.size();
    }

    /** The dimension of an axis; negative axes count from the innermost, -1. */
    public long dimension(int axis) {
        return dimensions.get(axis(axis));
    }

    /** The axis counted from the outermost, for an axis that may be negative. */
    public int axis(int axis) {
        int fromOutermost = axis < 0 ? axis + rank() : axis;
        if (fromOutermost < 0 || fromOutermost >= rank()) {
            throw new IllegalArgumentException("axis " + axis + " of shape " + this);
        }
        return fromOutermost;
    }

    /** The number of elements. */
    public long elements() {
        return product(0, rank());
    }

    /**
     * The product of the dimensions from one axis up to, not including, another.
     *
     * @throws ArithmeticException beyond 2^63
     */
    public long product(int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, dimensions.get(axis));
        }
        return product;
    }

    /** This shape with one dimension replaced. */
    public Shape with(int axis, long dimension) {
        List<Long> changed = new ArrayList<>(dimensions);
        changed.set(axis(axis), dimension);
        return new Shape(changed);
    }

    /** The shape that results when both are stretched to each other by the rules of NumPy. */
    public Shape broadcast(Shape other) {
        int rank = Math.max(rank(), other.rank());
        List<Long> result = new ArrayList<>(rank);
        for (int i = -rank; i < 0; i++) {
            long mine = -i <= rank() ? dimension(i) : 1;
            long theirs = -i <= other.rank() ? other.dimension(i) : 1;
            if (mine != theirs && mine != 1 && theirs != 1) {
                throw new IllegalArgumentException("shapes " + this + " and " + other + " do not broadcast");
            }
            result.add(mine == 1 ? theirs : mine);
        }
        return new Shape(result);
    }

    @Override
    public String toString() {
        return dimensions.isEmpty()
                ? "scalar"
                : dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}

package dev.infermark.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The dimensions of a tensor, outermost first; the empty shape is a scalar. Immutable. */
public final class Shape {
    private final long[] dimensions;
    private final long elements;

    /** Refuses negative dimensions and element counts beyond 2^63. */
    private Shape(long[] dimensions) {
        this.dimensions = dimensions;
        long product = 1;
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension in shape " + Arrays.toString(dimensions));
            }
            try {
                product = Math.multiplyExact(product, dimension);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "shape " + Arrays.toString(dimensions) + " has more than 2^63 elements", e);
            }
        }
        this.elements = product;
    }

    /**
     * The shape with these dimensions.
     *
     * @throws IllegalArgumentException for negative ones, and beyond 2^63 elements
     */
    public Shape(List<Long> dimensions) {
        this(dimensions.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * The shape with these dimensions.
     *
     * @throws IllegalArgumentException for negative ones, and beyond 2^63 elements
     */
    public static Shape of(long... dimensions) {
        return new Shape(dimensions.clone());
    }

    /** The dimensions, outermost first. */
    public List<Long> dimensions() {
        return LongStream.of(dimensions).boxed().toList();
    }

    /** The number of dimensions. */
    public int rank() {
        return dimensions.length;
    }

    /** The dimension of an axis; negative axes count from the innermost, -1. */
    public long dimension(int axis) {
        return dimensions[axis(axis)];
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
        return elements;
    }

    /**
     * The product of the dimensions from one axis up to, not including, another.
     *
     * @throws ArithmeticException beyond 2^63
     */
    public long product(int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, dimensions[axis]);
        }
        return product;
    }

    /** This shape with one dimension replaced. */
    public Shape with(int axis, long dimension) {
        long[] changed = dimensions.clone();
        changed[axis(axis)] = dimension;
        return new Shape(changed);
    }

    /** This shape with all axes of another in place of one, which is counted from the outermost. */
    Shape with(int axis, Shape other) {
        long[] all = Arrays.copyOf(dimensions, rank() - 1 + other.rank());
        System.arraycopy(other.dimensions, 0, all, axis, other.rank());
        System.arraycopy(dimensions, axis + 1, all, axis + other.rank(), rank() - axis - 1);
        return new Shape(all);
    }

    /** The shape of the outermost axes, without so many innermost ones. */
    Shape without(int innermost) {
        return new Shape(Arrays.copyOf(dimensions, rank() - innermost));
    }

    /** This shape with further axes inside. */
    Shape and(long... innermost) {
        long[] all = Arrays.copyOf(dimensions, rank() + innermost.length);
        System.arraycopy(innermost, 0, all, rank(), innermost.length);
        return new Shape(all);
    }

    /** The shape that results when both are stretched to each other by the rules of NumPy. */
    public Shape broadcast(Shape other) {
        if (equals(other) || other.rank() == 0) {
            return this;
        }
        long[] result = new long[Math.max(rank(), other.rank())];
        for (int i = -result.length; i < 0; i++) {
            long mine = -i <= rank() ? dimension(i) : 1;
            long theirs = -i <= other.rank() ? other.dimension(i) : 1;
            if (mine != theirs && mine != 1 && theirs != 1) {
                throw new IllegalArgumentException("shapes " + this + " and " + other + " do not broadcast");
            }
            result[i + result.length] = mine == 1 ? theirs : mine;
        }
        return new Shape(result);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    @Override
    public String toString() {
        return rank() == 0
                ? "scalar"
                : LongStream.of(dimensions).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }
}

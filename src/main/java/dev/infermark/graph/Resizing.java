package dev.infermark.graph;

import java.util.ArrayList;
import java.util.List;

/** What becomes of the shapes that operators state when those of their inputs change. */
final class Resizing {
    private Resizing() {}

    /** A number of elements in the ratio in which an axis changes. */
    static long scaled(long number, long before, long after) {
        long product = Math.multiplyExact(number, after);
        if (before == 0 || product % before != 0) {
            throw new IllegalArgumentException(number + " of " + before + " elements, of which " + after + " are left");
        }
        return product / before;
    }

    /**
     * The shape of a result whose axes are those of the input or were chosen apart from it: an axis that was as long
     * as the input's, counted from the innermost, stays as long, and the others keep their size.
     */
    static Shape following(Shape result, Shape before, Shape after) {
        List<Long> dimensions = new ArrayList<>();
        int rank = result.rank();
        for (int i = -rank; i < 0; i++) {
            boolean hasAxis = -i <= before.rank() && -i <= after.rank();
            long own = result.dimension(i);
            dimensions.add(hasAxis && before.dimension(i) == own ? after.dimension(i) : own);
        }
        return new Shape(dimensions);
    }

    /**
     * The shape that a reshape leads to when its input changes from one shape to another.
     *
     * <p>Axes of input and result are matched from the outermost in the smallest groups of equal products. Where a
     * group's product changes, its outermost axis of the result changes in the same ratio: half of the rows of
     * [heads · width] are half of the heads.
     *
     * @throws IllegalArgumentException where the ratio leaves no whole number
     */
    static Shape reshaped(Shape result, Shape before, Shape after) {
        if (before.rank() != after.rank()) {
            throw new IllegalArgumentException("reshape of " + before + " to " + result + " for " + after);
        }
        List<Long> dimensions = new ArrayList<>(result.dimensions());
        int in = 0;
        int out = 0;
        while (in < before.rank() && out < result.rank()) {
            int firstIn = in;
            int firstOut = out;
            long inProduct = before.dimension(in++);
            long outProduct = result.dimension(out++);
            while (inProduct != outProduct) {
                if (inProduct < outProduct && in < before.rank()) {
                    inProduct = Math.multiplyExact(inProduct, before.dimension(in++));
                } else if (out < result.rank()) {
                    outProduct = Math.multiplyExact(outProduct, result.dimension(out++));
                } else {
                    throw new IllegalArgumentException("reshape of " + before + " to " + result + " for " + after);
                }
            }
            long now = after.product(firstIn, in);
            if (now != inProduct) {
                int changed = outermost(result, firstOut, out);
                dimensions.set(changed, scaled(result.dimension(changed), inProduct, now));
            }
        }
        return new Shape(dimensions);
    }

    /** The first axis of a group that is longer than 1. */
    private static int outermost(Shape shape, int from, int to) {
        for (int axis = from; axis < to; axis++) {
            if (shape.dimension(axis) != 1) {
                return axis;
            }
        }
        return from;
    }
}

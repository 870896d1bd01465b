package dev.infermark.kernel;

/**
 * How a window slides along one axis of an image.
 *
 * @param size elements that it sees at a time, at least 1
 * @param stride distance from one place of the window to the next, at least 1
 * @param dilation distance from one element that it sees to the next, at least 1
 * @param before zeros in front of the axis
 * @param after zeros behind the axis
 */
public record Window(int size, int stride, int dilation, int before, int after) {
    /** Checks each number by itself. */
    public Window {
        if (size < 1 || stride < 1 || dilation < 1) {
            throw new IllegalArgumentException("size " + size + ", stride " + stride + " and dilation " + dilation
                    + " of a window must be at least 1");
        }
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException(
                    "padding must not be negative: " + before + " before and " + after + " after the axis");
        }
        Sizes.product("a window of " + size + " with dilation " + dilation, size, dilation);
    }

    /** A window that moves by 1 over neighbours, without padding. */
    public static Window of(int size) {
        return new Window(size, 1, 1, 0, 0);
    }

    /** The same window with another stride. */
    public Window withStride(int distance) {
        return new Window(size, distance, dilation, before, after);
    }

    /** The same window with other padding. */
    public Window withPadding(int zerosBefore, int zerosAfter) {
        return new Window(size, stride, dilation, zerosBefore, zerosAfter);
    }

    /** Elements from the first to the last that it sees at a time. */
    public int extent() {
        return dilation * (size - 1) + 1;
    }

    /** Number of places that the window takes on an axis; a last one that does not fit is dropped. */
    public int places(int axis) {
        long room = (long) before + axis + after - extent();
        if (room < 0) {
            throw new IllegalArgumentException("a window of extent " + extent() + " does not fit on an axis of " + axis
                    + " with padding " + before + " and " + after);
        }
        return Math.toIntExact(room / stride + 1);
    }
}

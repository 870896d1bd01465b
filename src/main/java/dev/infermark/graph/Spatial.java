package dev.infermark.graph;

import java.util.List;

/**
 * How a window moves over the spatial dimensions of a tensor [batch, channels, spatial...].
 *
 * @param kernel window size per spatial dimension
 * @param strides step per spatial dimension
 * @param dilations distance between window elements per spatial dimension
 * @param before padding before each spatial dimension
 * @param after padding after each spatial dimension
 */
public record Spatial(
        List<Long> kernel, List<Long> strides, List<Long> dilations, List<Long> before, List<Long> after) {

    /** Refuses lists of different lengths, empty windows, and steps below one. */
    public Spatial {
        kernel = List.copyOf(kernel);
        strides = List.copyOf(strides);
        dilations = List.copyOf(dilations);
        before = List.copyOf(before);
        after = List.copyOf(after);
        int rank = kernel.size();
        if (strides.size() != rank || dilations.size() != rank || before.size() != rank || after.size() != rank) {
            throw new IllegalArgumentException("window " + kernel + " with strides " + strides + ", dilations "
                    + dilations + " and padding " + before + " " + after + " of different ranks");
        }
        if (kernel.stream().anyMatch(k -> k < 1)
                || strides.stream().anyMatch(s -> s < 1)
                || dilations.stream().anyMatch(d -> d < 1)) {
            throw new IllegalArgumentException(
                    "window " + kernel + ", strides " + strides + ", dilations " + dilations + " must be positive");
        }
    }

    /** A square window in two dimensions. */
    public static Spatial square(long kernel, long stride, long padding) {
        List<Long> pads = List.of(padding, padding);
        return new Spatial(List.of(kernel, kernel), List.of(stride, stride), List.of(1L, 1L), pads, pads);
    }

    /** The number of elements in the window. */
    public long taps() {
        return kernel.stream().reduce(1L, Math::multiplyExact);
    }

    /** The largest step. */
    public long largestStride() {
        return strides.stream().max(Long::compare).orElse(1L);
    }

    /** The distance from the first to after the last element of the window. */
    public long extent(int dimension) {
        return Math.addExact(Math.multiplyExact(dilations.get(dimension), kernel.get(dimension) - 1), 1);
    }

    /** The spatial size after the window has moved over an input of the given size, rounding down or up. */
    public long output(int dimension, long input, Rounding rounding) {
        long extent = extent(dimension);
        long padded = Math.addExact(Math.addExact(input, before.get(dimension)), after.get(dimension));
        if (padded < extent) {
            throw new IllegalArgumentException("window of extent " + extent + " on a padded input of " + padded
                    + " in spatial dimension " + dimension);
        }
        long room = padded - extent;
        long stride = strides.get(dimension);
        return switch (rounding) {
            case DOWN -> room / stride + 1;
            // A window that would start in the padding after the input does not count.
            case UP -> {
                long windows = Math.ceilDiv(room, stride) + 1;
                yield Math.multiplyExact(windows - 1, stride) >= Math.addExact(input, before.get(dimension))
                        ? windows - 1
                        : windows;
            }
        };
    }

    /** What happens to a last window that does not fit. */
    public enum Rounding {
        /** It is dropped. */
        DOWN,
        /** It is kept. */
        UP
    }
}

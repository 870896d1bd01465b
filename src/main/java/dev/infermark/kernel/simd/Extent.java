package dev.infermark.kernel.simd;

import dev.infermark.kernel.Window;

/**
 * What a window covers of an axis at one of its places, padding left out.
 *
 * @param from first element
 * @param to behind the last element
 */
record Extent(int from, int to) {
    static Extent of(Window window, int place, int axis) {
        int first = place * window.stride() - window.before();
        return new Extent(Math.max(first, 0), Math.min(first + window.size(), axis));
    }

    int length() {
        return to - from;
    }
}

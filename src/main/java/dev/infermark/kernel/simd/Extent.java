package dev.infermark.kernel.simd;

import dev.infermark.kernel.Window;

/** What a window covers of an axis at one of its places, padding left out. */
final class Extent {
    private Extent() {}

    /** The first element. */
    static int from(Window window, int place) {
        return Math.max(place * window.stride() - window.before(), 0);
    }

    /** The element behind the last. */
    static int to(Window window, int place, int axis) {
        return Math.min(place * window.stride() - window.before() + window.size(), axis);
    }
}

package dev.infermark.kernel.simd;

/** One function over a run of elements. */
interface LaneLoop {
    /** y = function(x · scale + bias). */
    void run(float scale, float bias, float[] x, int xOffset, float[] y, int yOffset, int length);
}

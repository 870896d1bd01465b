package dev.infermark.kernel.simd;

/** One function of pairs over runs of elements. */
interface PairLoop {
    /** y = function(a, b). */
    void combine(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int length);

    /** All elements combined with each other and with a start that changes nothing. */
    float fold(float start, float[] x, int offset, int length);
}

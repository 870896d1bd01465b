package dev.infermark.kernel;

import dev.infermark.kernel.provider.ScalarSupport;

/** Functions of one element; the output may be the input itself, but not overlap it shifted. */
public final class ScalarEngine {
    private final ScalarSupport support;

    ScalarEngine(ScalarSupport support) {
        this.support = support;
    }

    /**
     * GELU: y = x·Φ(x) = ½·x·(1 + erf(x/√2)) (Hendrycks and Gimpel, 2016), within 12·2<sup>-24</sup> of the exact value
     * and, where that is subnormal or the distribution's tail is, 16·2<sup>-149</sup>. Negative infinity gives NaN, as
     * the formula does.
     */
    public void gelu(float[] x, int xOffset, float[] y, int yOffset, int length) {
        check(x, xOffset, y, yOffset, length);
        support.gelu(x, xOffset, y, yOffset, length);
    }

    /**
     * GELU by tanh: y = ½·x·(1 + tanh(v)) with v = √(2/π)·(x + 0.044715·x³), computed as x/(1 + exp(-2v)), which is
     * the same and does not cancel. Relative error at most (8 + 8·|v|)·2<sup>-24</sup>, since that of v enters through
     * exp; 16·2<sup>-149</sup> where the result or exp is subnormal. Negative infinity gives NaN.
     */
    public void geluTanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        check(x, xOffset, y, yOffset, length);
        support.geluTanh(x, xOffset, y, yOffset, length);
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    private static void check(float[] x, int xOffset, float[] y, int yOffset, int length) {
        checkRange("x", x, xOffset, length);
        checkRange("y", y, yOffset, length);
        if (x == y && xOffset != yOffset && Math.abs((long) xOffset - yOffset) < length) {
            throw new IllegalArgumentException("y, " + length + " elements at " + yOffset + ", overlaps x, " + length
                    + " elements at " + xOffset + " of the same array");
        }
    }

    private static void checkRange(String name, float[] array, int offset, int length) {
        if (offset < 0 || length < 0 || length > array.length - offset) {
            throw new IllegalArgumentException(
                    name + " has " + array.length + " elements, too few for " + length + " at " + offset);
        }
    }
}

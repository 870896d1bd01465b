package dev.infermark.kernel;

import dev.infermark.kernel.provider.ScalarSupport;

/**
 * Functions of one element, with scale and bias: y = function(x · scale + bias), as the engine's activation instruction
 * computes them.
 *
 * <p>x · scale + bias is one fused multiply-add, rounded once to FP32; the errors of {@link ScalarFunction} are those
 * of the function of that value. The engine computes in FP32 inside: elements of other types are converted before and
 * after. The output may be the input itself but not overlap it otherwise.
 */
public final class ScalarEngine {
    /** Changes no value when added, while +0 would change the sign of negative zero. */
    private static final float NO_BIAS = -0.0f;

    private final ScalarSupport support;

    ScalarEngine(ScalarSupport support) {
        this.support = support;
    }

    /**
     * y = function(x).
     *
     * @param x r×n, only read
     * @param y r×n, overwritten
     */
    public void apply(ScalarFunction function, Matrix<float[]> x, Matrix<float[]> y) {
        apply(function, 1, NO_BIAS, x, y);
    }

    /**
     * y = function(x · scale + bias).
     *
     * @param x r×n, only read
     * @param y r×n, overwritten
     */
    public void apply(ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        support.apply(function, scale, bias, x, y);
    }

    /**
     * y = function(x · scale + bias), and the sum of each row of y: what the engine's accumulating form leaves beside
     * its output.
     *
     * @param x r×n, only read
     * @param y r×n, overwritten
     * @param sums overwritten by the r sums of the rounded elements, in FP32 in no fixed order, each within (n - 1)·2
     *     <sup>-24</sup> of the sum of their magnitudes to first order
     */
    public void applyAndSum(
            ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y, float[] sums) {
        Arguments.checkInPlaceOrApart("x", x, "y", y);
        Arguments.checkPerRow("sums", sums.length, "x", x);
        Arguments.checkApart("sums", sums, "x", x);
        Arguments.checkApart("sums", sums, "y", y);
        support.applyAndSum(function, scale, bias, x, y, sums);
    }
}

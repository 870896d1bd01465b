package dev.infermark.kernel.provider;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.ScalarFunction;

/** What {@link dev.infermark.kernel.ScalarEngine} leaves to a provider. */
public interface ScalarSupport {
    /** y = function(x · scale + bias). */
    void apply(ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y);

    /** The same, and the sum of each row of y. */
    void applyAndSum(
            ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y, float[] sums);
}

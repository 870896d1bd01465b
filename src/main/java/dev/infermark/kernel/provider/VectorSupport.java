package dev.infermark.kernel.provider;

import dev.infermark.kernel.Matrix;

/** What {@link dev.infermark.kernel.VectorEngine} leaves to a provider. */
public interface VectorSupport {
    /** Normalises each row of x to mean 0 and variance 1, scales it by gain and adds bias. */
    void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y);
}

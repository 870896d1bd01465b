package dev.infermark.kernel.provider;

/** What {@link dev.infermark.kernel.ScalarEngine} leaves to a provider. */
public interface ScalarSupport {
    /** y = x·Φ(x), Φ being the normal distribution. */
    void gelu(float[] x, int xOffset, float[] y, int yOffset, int length);

    /** The approximation of GELU by tanh. */
    void geluTanh(float[] x, int xOffset, float[] y, int yOffset, int length);
}

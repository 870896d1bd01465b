package dev.infermark.kernel.reference;

import dev.infermark.kernel.provider.ScalarSupport;

/** Functions in double precision, rounded once. */
final class ReferenceScalar implements ScalarSupport {
    @Override
    public void gelu(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            double value = x[xOffset + i];
            y[yOffset + i] = (float) (0.5 * value * ErrorFunction.complement(-value / Math.sqrt(2)));
        }
    }

    @Override
    public void geluTanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            double value = x[xOffset + i];
            double v = Math.sqrt(2 / Math.PI) * (value + 0.044715 * value * value * value);
            y[yOffset + i] = (float) (value / (1 + Math.exp(-2 * v)));
        }
    }
}

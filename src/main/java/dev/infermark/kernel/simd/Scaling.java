package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What normalisations do with a row once its statistics are known. */
final class Scaling {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Scaling() {}

    /** y = (x - mean) · factor · gain + bias. */
    static void layer(
            float[] x, int xOffset, float mean, float factor, float[] gain, float[] bias, float[] y, int yOffset) {
        int n = gain.length;
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector normal =
                    FloatVector.fromArray(SPECIES, x, xOffset + j).sub(mean).mul(factor);
            normal.fma(FloatVector.fromArray(SPECIES, gain, j), FloatVector.fromArray(SPECIES, bias, j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = Math.fma((x[xOffset + j] - mean) * factor, gain[j], bias[j]);
        }
    }

    /** y = x · factor · gain. */
    static void rms(float[] x, int xOffset, float factor, float[] gain, float[] y, int yOffset) {
        int n = gain.length;
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + j)
                    .mul(factor)
                    .mul(FloatVector.fromArray(SPECIES, gain, j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] * factor * gain[j];
        }
    }

    /** y = (x - mean) · factor + bias. */
    static void plane(
            float[] x, int xOffset, float mean, float factor, float bias, float[] y, int yOffset, int length) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        FloatVector biases = FloatVector.broadcast(SPECIES, bias);
        int j = 0;
        for (; j <= length - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + j)
                    .sub(mean)
                    .fma(factors, biases)
                    .intoArray(y, yOffset + j);
        }
        for (; j < length; j++) {
            y[yOffset + j] = Math.fma(x[xOffset + j] - mean, factor, bias);
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.provider.VectorSupport;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Reductions in four vectors at a time, since one sum alone would wait for each addition. */
final class SimdVector implements VectorSupport {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float mean = sum(x.data(), x.row(i), n) / n;
            float variance = squares(x.data(), x.row(i), n, mean) / n;
            float factor = (float) (1 / Math.sqrt(variance + epsilon));
            scale(x.data(), x.row(i), mean, factor, gain, bias, y.data(), y.row(i));
        }
    }

    private static float sum(float[] x, int offset, int n) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= n - 4 * LANES; j += 4 * LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, offset + j));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, offset + j + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, x, offset + j + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, x, offset + j + 3 * LANES));
        }
        for (; j < n; j += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, offset + j, inRow));
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }

    private static float squares(float[] x, int offset, int n, float mean) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= n - 4 * LANES; j += 4 * LANES) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, offset + j).sub(mean);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, offset + j + LANES).sub(mean);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, offset + j + 2 * LANES).sub(mean);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, offset + j + 3 * LANES).sub(mean);
            sum0 = d0.fma(d0, sum0);
            sum1 = d1.fma(d1, sum1);
            sum2 = d2.fma(d2, sum2);
            sum3 = d3.fma(d3, sum3);
        }
        for (; j < n; j += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(j, n);
            FloatVector d = FloatVector.zero(SPECIES)
                    .blend(FloatVector.fromArray(SPECIES, x, offset + j, inRow).sub(mean), inRow);
            sum0 = d.fma(d, sum0);
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }

    private static void scale(
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
}

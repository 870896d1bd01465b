package dev.infermark.kernel.simd;

import dev.infermark.kernel.provider.ScalarSupport;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Functions of one element in vectors; the last, partial one is masked. */
final class SimdScalar implements ScalarSupport {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private static final float SQRT_8_OVER_PI = 1.5957692f;
    private static final float CUBIC = 0.071354814f;

    @Override
    public void gelu(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            gelu(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            gelu(FloatVector.fromArray(SPECIES, x, xOffset + i, rest)).intoArray(y, yOffset + i, rest);
        }
    }

    @Override
    public void geluTanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            geluTanh(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            geluTanh(FloatVector.fromArray(SPECIES, x, xOffset + i, rest)).intoArray(y, yOffset + i, rest);
        }
    }

    /** x·Φ(x) from the upper tail Q(|x|) = 1 - Φ(|x|), which is Φ(x) itself for negative x and does not cancel. */
    private static FloatVector gelu(FloatVector x) {
        FloatVector tail = NormalTail.of(x.abs());
        FloatVector rest = FloatVector.broadcast(SPECIES, 1f).sub(tail);
        return x.mul(rest.blend(tail, x.compare(VectorOperators.LT, 0f)));
    }

    /** x/(1 + exp(-2v)), with numerator and denominator times exp(2v) for negative v so that exp cannot overflow. */
    private static FloatVector geluTanh(FloatVector x) {
        FloatVector twoV = x.mul(x).fma(CUBIC, SQRT_8_OVER_PI).mul(x);
        FloatVector exp = Exponential.exp(twoV.abs().neg());
        FloatVector numerator = FloatVector.broadcast(SPECIES, 1f).blend(exp, x.compare(VectorOperators.LT, 0f));
        return x.mul(numerator).div(exp.add(1f));
    }
}

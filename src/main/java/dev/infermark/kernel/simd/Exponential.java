package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** exp in vectors: exp(x) = 2^n · exp(r) with n the integer nearest to x/ln 2. */
final class Exponential {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts, so that r = x - n·ln 2 keeps its last bits. */
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-9f;
    /** Adding 1.5·2^23 rounds to an integer and leaves it in the lowest bits. */
    private static final float ROUNDER = 0x1.8p23f;
    /** Below, exp(x) is less than half of the smallest subnormal; above, it is infinite. */
    private static final float LOWEST = -104.0f;
    private static final float HIGHEST = 88.72284f;

    /** exp(r) = 1 + r + r²·Q(r) on |r| ≤ 0.347; minimax with relative error 4.4e-9 after rounding to FP32. */
    private static final float Q0 = 0.49999994f;
    private static final float Q1 = 0.1666652f;
    private static final float Q2 = 0.041668396f;
    private static final float Q3 = 0.008368797f;
    private static final float Q4 = 0.0013814433f;

    private Exponential() {}

    /** exp of each lane, within 1.7·2^-24 while normal; NaN stays NaN. */
    static FloatVector exp(FloatVector x) {
        FloatVector rounded = x.fma(LOG2_E, ROUNDER);
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector q = r.fma(Q4, Q3);
        q = q.fma(r, FloatVector.broadcast(SPECIES, Q2));
        q = q.fma(r, FloatVector.broadcast(SPECIES, Q1));
        q = q.fma(r, FloatVector.broadcast(SPECIES, Q0));
        FloatVector expR = r.mul(r).fma(q, r).add(1f);
        // In two steps, since 2^n itself may be subnormal or infinite where the result is not.
        IntVector power = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUNDER));
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        FloatVector result = expR.mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
        return result.blend(0f, x.compare(VectorOperators.LT, LOWEST))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST));
    }

    private static FloatVector powerOfTwo(IntVector exponent) {
        return exponent.add(Float.MAX_EXPONENT)
                .lanewise(VectorOperators.LSHL, Float.PRECISION - 1)
                .reinterpretAsFloats();
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The natural logarithm in vectors: ln(x) = k·ln 2 + ln(1 + f) with x = 2^k·(1 + f) and 1 + f between √½ and √2. */
final class Logarithm implements LaneFunction {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int SMALLEST = Float.floatToRawIntBits(Float.MIN_NORMAL);
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final int SQRT_HALF = 0x3f35_04f3;

    /** ln 2 in two parts; products of the first with an exponent are exact. */
    private static final float LN2_HIGH = 0x1.62e4p-1f;
    private static final float LN2_LOW = 0x1.7f7d1cp-20f;

    private static final int SUBNORMAL_SHIFT = 24;

    /** ln(1 + f) = f - f²/2 + f³·P(f) for √½ ≤ 1 + f ≤ √2; minimax with relative error 7.8e-10. */
    private static final float P0 = 0x1.555548p-2f;
    private static final float P1 = -0x1.000006p-2f;
    private static final float P2 = 0x1.99a47ap-3f;
    private static final float P3 = -0x1.555c52p-3f;
    private static final float P4 = 0x1.233b38p-3f;
    private static final float P5 = -0x1.fc256cp-4f;
    private static final float P6 = 0x1.e6c3a6p-4f;
    private static final float P7 = -0x1.de1b4ep-4f;
    private static final float P8 = 0x1.148b0cp-4f;

    @Override
    public boolean isPlain(FloatVector x) {
        return x.reinterpretAsInts()
                .sub(SMALLEST)
                .compare(VectorOperators.ULT, INFINITY - SMALLEST)
                .allTrue();
    }

    @Override
    public FloatVector plain(FloatVector x) {
        return ofNormal(x, FloatVector.zero(SPECIES));
    }

    @Override
    public FloatVector any(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector normal = x.blend(x.mul(0x1p24f), subnormal);
        FloatVector shift = FloatVector.zero(SPECIES).blend(SUBNORMAL_SHIFT, subnormal);
        FloatVector result = ofNormal(normal, shift)
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
                .blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
        // Infinity and NaN give themselves.
        return result.blend(x, x.compare(VectorOperators.LE, Float.MAX_VALUE).not());
    }

    /** ln(x·2^-shift) of positive normal numbers. */
    private static FloatVector ofNormal(FloatVector x, FloatVector shift) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, Float.PRECISION - 1);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, Float.PRECISION - 1))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector k = ((FloatVector) exponent.convert(VectorOperators.I2F, 0)).sub(shift);
        FloatVector p = f.fma(P8, P7);
        p = p.fma(f, FloatVector.broadcast(SPECIES, P6));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P5));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P4));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P3));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P2));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P1));
        p = p.fma(f, FloatVector.broadcast(SPECIES, P0));
        FloatVector curve = f.mul(f).mul(p.fma(f, FloatVector.broadcast(SPECIES, -0.5f)));
        // k·ln 2 + f with the rest that its rounding leaves, which is exact since |k·ln 2| > |f| or k = 0.
        FloatVector multiple = k.mul(LN2_HIGH);
        FloatVector sum = multiple.add(f);
        FloatVector rest = multiple.sub(sum).add(f);
        return sum.add(curve.add(k.fma(FloatVector.broadcast(SPECIES, LN2_LOW), rest)));
    }
}

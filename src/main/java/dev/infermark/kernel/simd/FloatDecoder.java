package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Values of the codes that {@link FloatLayout#holds}, by moving the bits to FP32's places; lengths are multiples of
 * {@link Lanes#LENGTH}, and codes as wide as their elements.
 */
final class FloatDecoder {
    private final int widen;
    /** The place in FP32 of what is not the sign. */
    private final int magnitudes;
    /** The place in FP32 of the exponent, where infinity has ones alone. */
    private final int infinity;
    /** The bits of the smallest value that is not subnormal. */
    private final int smallest;

    FloatDecoder(FloatFormat format) {
        widen = FloatLayout.FRACTION_BITS - format.fractionBits();
        magnitudes = ((1 << (format.bits() - 1)) - 1) << widen;
        infinity = format.infinity() << widen;
        smallest = FloatLayout.of(format, Overflow.INFINITY).smallest();
    }

    void decode(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            decode(Lanes.load(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
    }

    void decode(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            decode(Lanes.load(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
    }

    /** The values of codes whose sign bit fills all above them. */
    FloatVector decode(IntVector code) {
        IntVector magnitude = code.lanewise(VectorOperators.LSHL, widen)
                .lanewise(VectorOperators.AND, Lanes.all(magnitudes));
        IntVector sign = code.lanewise(VectorOperators.AND, Lanes.SIGN);
        // With the exponent of the smallest normal value, a subnormal one is too large by that value.
        var subnormal = magnitude.compare(VectorOperators.LT, Lanes.HIDDEN);
        IntVector value = magnitude.add(Lanes.all(smallest - FloatLayout.HIDDEN))
                .add(Lanes.HIDDEN, subnormal)
                .reinterpretAsFloats()
                .sub(Float.intBitsToFloat(smallest), subnormal.cast(Lanes.FLOATS))
                .reinterpretAsInts();
        var special = magnitude.compare(VectorOperators.GE, Lanes.all(infinity));
        if (special.anyTrue()) {
            var nan = magnitude.compare(VectorOperators.GT, Lanes.all(infinity));
            value = value.lanewise(VectorOperators.OR, Lanes.EXPONENT, special)
                    .lanewise(VectorOperators.OR, Lanes.QUIET, nan);
        }
        return value.lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
    }
}

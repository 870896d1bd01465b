package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Values of codes with exponents smaller than FP32's, by moving the bits to FP32's places; lengths are multiples of
 * {@link Lanes#LENGTH}, and codes as wide as their elements.
 */
final class FloatDecoder {
    private static final int FRACTION_BITS = 23;
    private static final int BIAS = 127;
    private static final int INFINITY = 0x7f800000;
    private static final int QUIET = 0x00400000;
    /** Powers of two of the smallest subnormals that the bit tricks here and in {@link FloatEncoder} bear. */
    private static final int LOWEST_POWER = -90;

    private final int widen;
    /** The place in FP32 of what is not the sign. */
    private final int magnitudes;
    /** The place in FP32 of the exponent, where infinity has ones alone. */
    private final int infinity;
    /** The bits of the smallest value that is not subnormal. */
    private final int smallest;

    FloatDecoder(FloatFormat format) {
        widen = FRACTION_BITS - format.fractionBits();
        magnitudes = ((1 << (format.bits() - 1)) - 1) << widen;
        infinity = format.infinity() << widen;
        smallest = (1 - format.bias() + BIAS) << FRACTION_BITS;
    }

    /** Whether the format's values are normal ones of FP32, with room on both sides. */
    static boolean handles(FloatFormat format) {
        int lowest = 1 - format.bias() - format.fractionBits();
        int highest = (1 << format.exponentBits()) - 1 - format.bias();
        return lowest >= LOWEST_POWER && highest + FRACTION_BITS - format.fractionBits() <= BIAS;
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
        IntVector magnitude = code.lanewise(VectorOperators.LSHL, widen).lanewise(VectorOperators.AND, magnitudes);
        IntVector sign = code.lanewise(VectorOperators.AND, Integer.MIN_VALUE);
        // With the exponent of the smallest normal value, a subnormal one is too large by that value.
        var subnormal = magnitude.compare(VectorOperators.LT, 1 << FRACTION_BITS);
        IntVector value = magnitude.add(smallest - (1 << FRACTION_BITS))
                .add(1 << FRACTION_BITS, subnormal)
                .reinterpretAsFloats()
                .sub(Float.intBitsToFloat(smallest), subnormal.cast(Lanes.FLOATS))
                .reinterpretAsInts();
        var special = magnitude.compare(VectorOperators.GE, infinity);
        if (special.anyTrue()) {
            value = value.lanewise(VectorOperators.OR, INFINITY, special)
                    .lanewise(VectorOperators.OR, QUIET, magnitude.compare(VectorOperators.GT, infinity));
        }
        return value.lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.RandomBits;
import dev.infermark.numerics.Rounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rounding to integers, saturating; NaN becomes 0. Lengths are multiples of {@link Lanes#LENGTH}. */
final class IntegerEncoder {
    private static final int FRACTION_BITS = 23;
    private static final int HIDDEN = 1 << FRACTION_BITS;
    private static final int BIAS = 127;
    private static final int INFINITY = 0x7f800000;
    /** From here on, FP32 holds nothing but integers. */
    private static final float INTEGERS = 0x1p23f;
    /** Sums of this and any narrow integer lie from there to twice that. */
    private static final float NO_FRACTION = 1.5f * INTEGERS;
    private static final int NO_FRACTION_BITS = Float.floatToRawIntBits(NO_FRACTION);

    private final int min;
    private final int max;
    private final boolean wide;
    private final boolean stochastic;
    private final RandomBits random;

    IntegerEncoder(IntegerFormat format, Rounding rounding) {
        min = format.min();
        max = format.max();
        wide = format.bits() > Short.SIZE;
        stochastic = rounding instanceof Rounding.Stochastic;
        random = RandomLanes.key(rounding);
    }

    /**
     * Encodes values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void encode(float[] from, int fromOffset, byte[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            Lanes.store(encode(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i), to, toOffset + i);
        }
    }

    /**
     * Encodes values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void encode(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            Lanes.store(encode(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i), to, toOffset + i);
        }
    }

    /**
     * Encodes values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void encode(float[] from, int fromOffset, int[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            encode(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i).intoArray(to, toOffset + i);
        }
    }

    /**
     * Rounds values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void round(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector code = encode(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i);
            code.convert(VectorOperators.I2F, 0).reinterpretAsFloats().intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x, int index) {
        return stochastic ? byChance(x, index) : wide ? toNearest(x) : toNearestNarrow(x);
    }

    /** To nearest even by adding so large a number that sums have no places for fractions. */
    private IntVector toNearestNarrow(FloatVector x) {
        IntVector sum = x.add(NO_FRACTION).reinterpretAsInts();
        IntVector integer = sum.max(NO_FRACTION_BITS + min).min(NO_FRACTION_BITS + max).sub(NO_FRACTION_BITS);
        return integer.blend(0, x.compare(VectorOperators.NE, x).cast(Lanes.INTS));
    }

    /** The same on the magnitude, where all numbers that large are integers already. */
    private static IntVector toNearest(FloatVector x) {
        FloatVector magnitude = x.abs();
        IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, Integer.MIN_VALUE);
        FloatVector integer = magnitude.add(INTEGERS).sub(INTEGERS)
                .reinterpretAsInts()
                .lanewise(VectorOperators.OR, sign)
                .reinterpretAsFloats();
        return toInts(x.blend(integer, magnitude.compare(VectorOperators.LT, INTEGERS)));
    }

    private IntVector byChance(FloatVector x, int index) {
        IntVector bits = x.reinterpretAsInts();
        IntVector significand = bits.lanewise(VectorOperators.AND, HIDDEN - 1).lanewise(VectorOperators.OR, HIDDEN);
        IntVector exponent = bits.lanewise(VectorOperators.AND, INFINITY).lanewise(VectorOperators.LSHR, FRACTION_BITS);
        IntVector shift = IntVector.broadcast(Lanes.INTS, BIAS + FRACTION_BITS).sub(exponent);
        IntVector magnitude = RandomLanes.shiftRight(significand, shift, RandomLanes.at(random, index));
        IntVector sign = bits.lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
        IntVector integer = magnitude.lanewise(VectorOperators.XOR, sign).sub(sign);
        return integer.blend(toInts(x), shift.compare(VectorOperators.LT, 1)).max(min).min(max);
    }

    /** The integers that values without fractions are, saturated; NaN becomes 0. */
    private static IntVector toInts(FloatVector x) {
        return (IntVector) x.convert(VectorOperators.F2I, 0);
    }
}

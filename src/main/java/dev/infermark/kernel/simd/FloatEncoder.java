package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.RandomBits;
import dev.infermark.numerics.Rounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Codes with exponents smaller than FP32's, of the formats that {@link FloatDecoder#handles}; lengths as there. */
final class FloatEncoder {
    private static final int FRACTION_BITS = 23;
    private static final int HIDDEN = 1 << FRACTION_BITS;
    private static final int BIAS = 127;
    private static final int INFINITY = 0x7f800000;
    private static final int QUIET = 0x00400000;

    private final int bits;
    private final int dropped;
    private final int infinity;
    /** The bits of the smallest value that is not subnormal. */
    private final int smallest;
    /** The bits that magnitudes are cut to before they are rounded: those of 2 to the exponent of infinity, or less. */
    private final int largest;

    private final boolean stochastic;
    private final RandomBits random;

    FloatEncoder(FloatFormat format, Rounding rounding, Overflow overflow) {
        bits = format.bits();
        dropped = FRACTION_BITS - format.fractionBits();
        infinity = format.infinity();
        smallest = (1 - format.bias() + BIAS) << FRACTION_BITS;
        int maxValue = Float.floatToRawIntBits(format.maxValue());
        largest = overflow == Overflow.SATURATE ? maxValue : maxValue + (1 << dropped);
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
     * Rounds values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void round(FloatDecoder decoder, float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector code = encode(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i)
                    .lanewise(VectorOperators.LSHL, Integer.SIZE - bits)
                    .lanewise(VectorOperators.ASHR, Integer.SIZE - bits);
            decoder.decode(code).intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x, int index) {
        IntVector raw = x.reinterpretAsInts();
        IntVector magnitude = raw.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
        IntVector cut = magnitude.min(largest);
        IntVector power = cut.lanewise(VectorOperators.AND, INFINITY);
        IntVector exponent = power.max(smallest);
        IntVector fraction = stochastic
                ? byChance(cut, exponent.sub(power), RandomLanes.at(random, index))
                : toNearest(cut, exponent);
        // The hidden bit adds one to the exponent field below it, as does a carry out of the fraction.
        IntVector code = exponent.lanewise(VectorOperators.LSHR, dropped)
                .add(fraction)
                .sub(smallest >>> dropped);
        var nan = magnitude.compare(VectorOperators.GT, INFINITY);
        if (nan.anyTrue()) {
            code = code.blend(quiet(raw), nan);
        }
        IntVector sign = raw.lanewise(VectorOperators.LSHR, Integer.SIZE - bits)
                .lanewise(VectorOperators.AND, 1 << (bits - 1));
        return code.lanewise(VectorOperators.OR, sign);
    }

    private IntVector quiet(IntVector nan) {
        return nan.lanewise(VectorOperators.OR, QUIET)
                .lanewise(VectorOperators.LSHR, dropped)
                .lanewise(VectorOperators.AND, (HIDDEN - 1) >> dropped)
                .lanewise(VectorOperators.OR, infinity);
    }

    /**
     * The significand in units of the last place that stays, rounded by an addition of FP32: to a power of two so large
     * that the sum's last place is that one.
     */
    private IntVector toNearest(IntVector magnitude, IntVector exponent) {
        IntVector power = exponent.add(dropped << FRACTION_BITS);
        return magnitude.reinterpretAsFloats()
                .add(power.reinterpretAsFloats())
                .reinterpretAsInts()
                .sub(power);
    }

    /**
     * The significand in units of the last place that stays, rounded by chance.
     *
     * @param below how far the exponent, where it is in FP32, lies below that of the last place
     */
    private IntVector byChance(IntVector magnitude, IntVector below, IntVector random) {
        // Subnormal values of FP32 have no hidden bit, but are shifted out so far that it makes no difference.
        IntVector significand = magnitude.lanewise(VectorOperators.AND, HIDDEN - 1).lanewise(VectorOperators.OR, HIDDEN);
        IntVector shift = below.lanewise(VectorOperators.LSHR, FRACTION_BITS).add(dropped);
        return RandomLanes.shiftRight(significand, shift, random);
    }
}

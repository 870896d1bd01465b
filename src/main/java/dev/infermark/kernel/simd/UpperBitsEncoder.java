package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.RandomBits;
import dev.infermark.numerics.Rounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounding to the upper bits of FP32, such as BF16 and TF32, by adding to the bits that are dropped; lengths are
 * multiples of {@link Lanes#LENGTH}.
 */
final class UpperBitsEncoder {
    private static final int INFINITY = 0x7f800000;
    private static final int QUIET = 0x00400000;

    private final int dropped;
    private final boolean saturating;
    private final boolean stochastic;
    private final RandomBits random;

    UpperBitsEncoder(FloatFormat format, Rounding rounding, Overflow overflow) {
        dropped = 23 - format.fractionBits();
        saturating = overflow == Overflow.SATURATE;
        stochastic = rounding instanceof Rounding.Stochastic;
        random = RandomLanes.key(rounding);
    }

    /** Whether a format shares FP32's exponent and leaves out some of its fraction. */
    static boolean handles(FloatFormat format) {
        return format.exponentBits() == 8 && format.bias() == 127 && format.fractionBits() < 23;
    }

    /**
     * Encodes values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void encode(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector bits = round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i);
            Lanes.store(bits.lanewise(VectorOperators.LSHR, dropped), to, toOffset + i);
        }
    }

    /**
     * Rounds values.
     *
     * @param index of the first value, for stochastic rounding
     */
    void round(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), index + i)
                    .lanewise(VectorOperators.AND, -1 << dropped)
                    .reinterpretAsFloats()
                    .intoArray(to, toOffset + i);
        }
    }

    /** The rounded bits, with those to be dropped left over. */
    private IntVector round(FloatVector x, int index) {
        IntVector raw = x.reinterpretAsInts();
        IntVector bits = saturating ? saturate(raw) : raw;
        IntVector rounded = bits.add(stochastic ? byChance(index) : toEven(bits));
        var nan = x.compare(VectorOperators.NE, x).cast(Lanes.INTS);
        return rounded.blend(raw.lanewise(VectorOperators.OR, QUIET), nan);
    }

    private IntVector saturate(IntVector bits) {
        return bits.lanewise(VectorOperators.AND, Integer.MAX_VALUE)
                .min(INFINITY - (1 << dropped))
                .lanewise(VectorOperators.OR, bits.lanewise(VectorOperators.AND, Integer.MIN_VALUE));
    }

    /** Half a unit of what stays, less one in the last place where that is even. */
    private IntVector toEven(IntVector bits) {
        return bits.lanewise(VectorOperators.LSHR, dropped)
                .lanewise(VectorOperators.AND, 1)
                .add((1 << (dropped - 1)) - 1);
    }

    private IntVector byChance(int index) {
        return RandomLanes.at(random, index).lanewise(VectorOperators.LSHR, Integer.SIZE - dropped);
    }
}

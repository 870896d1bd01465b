package dev.infermark.kernel.simd;

import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.RandomBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rounds to integers stochastically, saturating; NaN becomes 0. */
final class IntegerStochastic implements VectorEncoder {
    /** The shift that takes the significand of a number between 1 and 2 to an integer, and the stored exponent of 1. */
    private static final int SHIFT = FloatLayout.FRACTION_BITS + 127;

    private final int min;
    private final int max;
    private final RandomBits random;

    IntegerStochastic(IntegerFormat format, RandomBits random) {
        min = format.min();
        max = format.max();
        this.random = random;
    }

    @Override
    public int most() {
        return RandomDraw.MOST;
    }

    void encodeAll(float[] from, int fromOffset, byte[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            Lanes.store(encode(x, chance), to, toOffset + i);
        }
    }

    void encodeAll(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            Lanes.store(encode(x, chance), to, toOffset + i);
        }
    }

    void encodeAll(float[] from, int fromOffset, int[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            encode(x, chance).intoArray(to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            encode(x, chance).convert(VectorOperators.I2F, 0).reinterpretAsFloats().intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x, IntVector chance) {
        IntVector raw = x.reinterpretAsInts();
        IntVector significand = raw.lanewise(VectorOperators.AND, Lanes.FRACTION)
                .lanewise(VectorOperators.OR, Lanes.HIDDEN);
        IntVector exponent = raw.lanewise(VectorOperators.AND, Lanes.EXPONENT)
                .lanewise(VectorOperators.LSHR, FloatLayout.FRACTION_BITS);
        IntVector shift = Lanes.all(SHIFT).sub(exponent);
        IntVector magnitude = RandomLanes.shiftRight(significand, shift, chance);
        IntVector sign = raw.lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
        // Numbers so large that there is nothing to drop are converted as they are, saturating.
        IntVector whole = (IntVector) x.convert(VectorOperators.F2I, 0);
        return magnitude.lanewise(VectorOperators.XOR, sign)
                .sub(sign)
                .blend(whole, shift.compare(VectorOperators.LT, Lanes.all(1)))
                .max(Lanes.all(min))
                .min(Lanes.all(max));
    }
}

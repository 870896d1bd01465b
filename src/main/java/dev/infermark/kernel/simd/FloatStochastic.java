package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.RandomBits;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds to formats that {@link FloatLayout#holds}, stochastically, by adding random bits below the last place that
 * stays.
 */
final class FloatStochastic implements VectorEncoder {
    private final int bits;
    private final int dropped;
    private final int smallest;
    private final int largest;
    /** From here on, values are infinite. */
    private final float overflowing;
    private final RandomBits random;

    FloatStochastic(FloatFormat format, Overflow overflow, RandomBits random) {
        FloatLayout layout = FloatLayout.of(format, overflow);
        bits = layout.bits();
        dropped = layout.dropped();
        smallest = layout.smallest();
        largest = layout.largest();
        overflowing = Math.scalb(1f, Math.getExponent(format.maxValue()) + 1);
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
            IntVector code = encode(x, chance);
            if (Lanes.BYTES.length() == Lanes.LENGTH) {
                ((ByteVector) code.convertShape(VectorOperators.I2B, Lanes.BYTES, 0)).intoArray(to, toOffset + i);
            } else {
                Lanes.store(code, to, toOffset + i);
            }
        }
    }

    void encodeAll(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            IntVector code = encode(x, chance);
            ((ShortVector) code.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0)).intoArray(to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        int[] numbers = RandomDraw.numbers(random, index, length);
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector chance = IntVector.fromArray(Lanes.INTS, numbers, i);
            round(x, chance).intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x, IntVector chance) {
        IntVector raw = x.reinterpretAsInts();
        IntVector cut = raw.lanewise(VectorOperators.AND, Lanes.MAGNITUDE).min(Lanes.all(largest));
        IntVector exponent = cut.lanewise(VectorOperators.AND, Lanes.EXPONENT).max(Lanes.all(smallest));
        IntVector fraction = fraction(cut, exponent, chance);
        // The hidden bit adds one to the exponent field below it, as does a carry out of the fraction.
        IntVector code = exponent.lanewise(VectorOperators.LSHR, dropped)
                .add(fraction)
                .sub(Lanes.all(smallest >>> dropped));
        return Signs.encode(code, x, raw, dropped, bits);
    }

    private FloatVector round(FloatVector x, IntVector chance) {
        IntVector cut = x.reinterpretAsInts().lanewise(VectorOperators.AND, Lanes.MAGNITUDE).min(Lanes.all(largest));
        IntVector exponent = cut.lanewise(VectorOperators.AND, Lanes.EXPONENT).max(Lanes.all(smallest));
        FloatVector fraction = (FloatVector) fraction(cut, exponent, chance).convert(VectorOperators.I2F, 0);
        FloatVector unit = exponent.sub(Lanes.all((FloatLayout.FRACTION_BITS - dropped) << FloatLayout.FRACTION_BITS))
                .reinterpretAsFloats();
        return Signs.round(fraction.mul(unit), x, dropped, overflowing);
    }

    /** The significand in units of the last place that stays. */
    private IntVector fraction(IntVector cut, IntVector exponent, IntVector chance) {
        // Subnormal values of FP32 have no hidden bit, but are shifted out so far that it makes no difference.
        IntVector significand = cut.lanewise(VectorOperators.AND, Lanes.FRACTION)
                .lanewise(VectorOperators.OR, Lanes.HIDDEN);
        IntVector shift = exponent.sub(cut.lanewise(VectorOperators.AND, Lanes.EXPONENT))
                .lanewise(VectorOperators.LSHR, FloatLayout.FRACTION_BITS)
                .add(Lanes.all(dropped));
        return RandomLanes.shiftRight(significand, shift, chance);
    }
}

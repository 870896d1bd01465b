package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds to formats that {@link FloatLayout#holds}, to nearest even, by an addition of FP32: to a power of two so large
 * that the last place of the sum is the last that stays.
 */
final class FloatNearest implements VectorEncoder {
    private final int bits;
    private final int dropped;
    private final int smallest;
    private final int largest;
    /** From here on, values are infinite. */
    private final float overflowing;

    FloatNearest(FloatFormat format, Overflow overflow) {
        FloatLayout layout = FloatLayout.of(format, overflow);
        bits = layout.bits();
        dropped = layout.dropped();
        smallest = layout.smallest();
        largest = layout.largest();
        overflowing = Math.scalb(1f, Math.getExponent(format.maxValue()) + 1);
    }

    void encodeAll(float[] from, int fromOffset, byte[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            Lanes.store(encode(x), to, toOffset + i);
        }
    }

    void encodeAll(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            Lanes.store(encode(x), to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            round(x).intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x) {
        IntVector raw = x.reinterpretAsInts();
        IntVector cut = raw.lanewise(VectorOperators.AND, Lanes.MAGNITUDE).min(Lanes.all(largest));
        IntVector exponent = cut.lanewise(VectorOperators.AND, Lanes.EXPONENT).max(Lanes.all(smallest));
        IntVector power = exponent.add(Lanes.all(dropped << FloatLayout.FRACTION_BITS));
        IntVector fraction = cut.reinterpretAsFloats()
                .add(power.reinterpretAsFloats())
                .reinterpretAsInts()
                .sub(power);
        // The hidden bit adds one to the exponent field below it, as does a carry out of the fraction.
        IntVector code = exponent.lanewise(VectorOperators.LSHR, dropped)
                .add(fraction)
                .sub(Lanes.all(smallest >>> dropped));
        return Signs.encode(code, x, raw, dropped, bits);
    }

    private FloatVector round(FloatVector x) {
        IntVector cut = x.reinterpretAsInts().lanewise(VectorOperators.AND, Lanes.MAGNITUDE).min(Lanes.all(largest));
        FloatVector power = cut.lanewise(VectorOperators.AND, Lanes.EXPONENT)
                .max(Lanes.all(smallest))
                .add(Lanes.all(dropped << FloatLayout.FRACTION_BITS))
                .reinterpretAsFloats();
        return Signs.round(cut.reinterpretAsFloats().add(power).sub(power), x, dropped, overflowing);
    }
}

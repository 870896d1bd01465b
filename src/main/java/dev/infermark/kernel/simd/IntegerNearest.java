package dev.infermark.kernel.simd;

import dev.infermark.numerics.IntegerFormat;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rounds to integers of at most 16 bits, to nearest even and saturating; NaN becomes 0. */
final class IntegerNearest implements VectorEncoder {
    /** So large that a sum of this and an integer of 16 bits has no place for a fraction. */
    private static final float NO_FRACTION = 0x1.8p23f;
    private static final int NO_FRACTION_BITS = Float.floatToRawIntBits(NO_FRACTION);

    private final int min;
    private final int max;

    IntegerNearest(IntegerFormat format) {
        min = format.min();
        max = format.max();
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
            encode(x).convert(VectorOperators.I2F, 0).reinterpretAsFloats().intoArray(to, toOffset + i);
        }
    }

    private IntVector encode(FloatVector x) {
        IntVector sum = x.add(NO_FRACTION).reinterpretAsInts();
        IntVector integer = sum.max(Lanes.all(NO_FRACTION_BITS + min))
                .min(Lanes.all(NO_FRACTION_BITS + max))
                .sub(Lanes.all(NO_FRACTION_BITS));
        return integer.blend(Lanes.all(0), x.compare(VectorOperators.NE, x).cast(Lanes.INTS));
    }
}

package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rounds to INT32, to nearest even and saturating; NaN becomes 0. */
final class WideNearest implements VectorEncoder {
    /** From here on, FP32 holds nothing but integers. */
    private static final float INTEGERS = 0x1p23f;

    void encodeAll(float[] from, int fromOffset, int[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            encode(x).intoArray(to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            encode(x).convert(VectorOperators.I2F, 0).reinterpretAsFloats().intoArray(to, toOffset + i);
        }
    }

    private static IntVector encode(FloatVector x) {
        FloatVector magnitude = x.abs();
        IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, Lanes.SIGN);
        FloatVector integer = magnitude.add(INTEGERS).sub(INTEGERS)
                .reinterpretAsInts()
                .lanewise(VectorOperators.OR, sign)
                .reinterpretAsFloats();
        return x.blend(integer, magnitude.compare(VectorOperators.LT, INTEGERS))
                .convert(VectorOperators.F2I, 0)
                .reinterpretAsInts();
    }
}

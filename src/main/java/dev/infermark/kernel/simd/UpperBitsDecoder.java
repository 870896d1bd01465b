package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Values of BF16 codes, which are the upper halves of FP32; lengths are multiples of {@link Lanes#LENGTH}. */
final class UpperBitsDecoder {
    private UpperBitsDecoder() {}

    static void decode(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            decode(Lanes.load(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
    }

    static FloatVector decode(IntVector code) {
        IntVector bits = code.lanewise(VectorOperators.LSHL, Short.SIZE);
        FloatVector value = bits.reinterpretAsFloats();
        var nan = value.compare(VectorOperators.NE, value).cast(Lanes.INTS);
        return bits.lanewise(VectorOperators.OR, Lanes.QUIET, nan).reinterpretAsFloats();
    }
}

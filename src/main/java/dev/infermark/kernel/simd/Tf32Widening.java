package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * FP32 rounded to TF32, to nearest even: to the bits is added what carries into those kept where more than half of
 * their last place is dropped, or half of it and that place is odd.
 */
final class Tf32Widening implements Widening<float[]> {
    static final Tf32Widening INSTANCE = new Tf32Widening();

    private static final int DROPPED_BITS = 13;
    private static final int BELOW_HALF = (1 << (DROPPED_BITS - 1)) - 1;
    private static final int KEPT = -1 << DROPPED_BITS;

    private Tf32Widening() {}

    @Override
    public void widen(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            widenRow(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }

    private static void widenRow(float[] from, int fromOffset, float[] to, int toOffset, int length) {
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            FloatVector value = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            IntVector bits = value.reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, DROPPED_BITS).and(1);
            FloatVector rounded = bits.add(BELOW_HALF).add(odd).and(KEPT).reinterpretAsFloats();
            // The bits of a NaN could overflow into the sign; the NaN itself will do.
            rounded.blend(value, value.compare(VectorOperators.NE, value)).intoArray(to, toOffset + i);
        }
        for (; i < length; i++) {
            to[toOffset + i] = Element.TF32.value(from, fromOffset + i);
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;

/** FP32 rounded to TF32, to nearest even. */
final class Tf32Widening implements Widening<float[]> {
    static final Tf32Widening INSTANCE = new Tf32Widening();

    private static final UpperBitsNearest ROUNDING = new UpperBitsNearest(FloatFormat.TF32, Overflow.INFINITY);

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
        int whole = length - length % Lanes.LENGTH;
        ROUNDING.roundAll(from, fromOffset, to, toOffset, whole, 0);
        for (int i = whole; i < length; i++) {
            to[toOffset + i] = Element.TF32.value(from, fromOffset + i);
        }
    }
}

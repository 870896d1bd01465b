package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;

/**
 * FP32 rounded to TF32, to nearest even: some rows at a time are copied and then rounded where they lie, since a loop
 * that does nothing but copy waits for more of the memory at once.
 */
final class Tf32Widening implements Widening<float[]> {
    static final Tf32Widening INSTANCE = new Tf32Widening();

    private static final UpperBitsNearest ROUNDING = new UpperBitsNearest(FloatFormat.TF32, Overflow.INFINITY);

    /** Elements to copy before they are rounded, few enough to stay in the first-level cache. */
    private static final int COPIED = 1024;

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
        int most = Math.max(1, COPIED / columns);
        for (int top = 0; top < rows; top += most) {
            int some = Math.min(most, rows - top);
            int at = toOffset + top * toStride;
            Fp32Widening.INSTANCE.widen(
                    from, fromOffset + top * fromStride, fromStride, some, columns, to, at, toStride);
            if (columns == toStride) {
                round(to, at, some * columns);
            } else {
                for (int i = 0; i < some; i++) {
                    round(to, at + i * toStride, columns);
                }
            }
        }
    }

    private static void round(float[] x, int offset, int length) {
        int whole = length - length % Lanes.LENGTH;
        ROUNDING.roundAll(x, offset, x, offset, whole, 0);
        for (int i = whole; i < length; i++) {
            x[offset + i] = Element.TF32.value(x, offset + i);
        }
    }
}

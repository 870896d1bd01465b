package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/** FP32 as it is. */
final class Fp32Widening implements Widening<float[]> {
    static final Fp32Widening INSTANCE = new Fp32Widening();

    private Fp32Widening() {}

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
        // A panel's row at once: misses of its loads overlap, and the loop is worth its overhead.
        for (; i <= length - 4 * Lanes.LENGTH; i += 4 * Lanes.LENGTH) {
            FloatVector first = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i);
            FloatVector second = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i + Lanes.LENGTH);
            FloatVector third = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i + 2 * Lanes.LENGTH);
            FloatVector fourth = FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i + 3 * Lanes.LENGTH);
            first.intoArray(to, toOffset + i);
            second.intoArray(to, toOffset + i + Lanes.LENGTH);
            third.intoArray(to, toOffset + i + 2 * Lanes.LENGTH);
            fourth.intoArray(to, toOffset + i + 3 * Lanes.LENGTH);
        }
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i).intoArray(to, toOffset + i);
        }
        for (; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }
}

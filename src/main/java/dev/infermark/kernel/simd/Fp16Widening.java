package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import dev.infermark.numerics.FloatFormat;

/**
 * FP16 in vectors, since the rows of a panel are too short for what the JIT compiler makes of a loop of the JDK's own
 * conversions.
 */
final class Fp16Widening implements Widening<short[]> {
    static final Fp16Widening INSTANCE = new Fp16Widening();

    private static final FloatDecoder DECODER = new FloatDecoder(FloatFormat.FP16);

    private Fp16Widening() {}

    @Override
    public void widen(
            short[] from,
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

    private static void widenRow(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        int whole = length - length % Lanes.LENGTH;
        DECODER.decode(from, fromOffset, to, toOffset, whole);
        for (int i = whole; i < length; i++) {
            to[toOffset + i] = Element.FP16.value(from, fromOffset + i);
        }
    }
}

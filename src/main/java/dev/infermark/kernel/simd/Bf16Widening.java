package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;

/** BF16 codes are the upper halves of FP32. */
final class Bf16Widening implements Widening<short[]> {
    static final Bf16Widening INSTANCE = new Bf16Widening();

    private Bf16Widening() {}

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
        UpperBitsDecoder.decode(from, fromOffset, to, toOffset, whole);
        for (int i = whole; i < length; i++) {
            to[toOffset + i] = Element.BF16.value(from, fromOffset + i);
        }
    }
}

package dev.infermark.kernel.simd;


/** FP16 by the JDK's conversion, which the JIT compiler makes the processor's own in so plain a loop. */
final class Fp16Widening implements Widening<short[]> {
    static final Fp16Widening INSTANCE = new Fp16Widening();

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
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = Float.float16ToFloat(from[fromOffset + i]);
        }
    }
}

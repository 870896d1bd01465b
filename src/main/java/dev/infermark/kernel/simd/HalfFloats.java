package dev.infermark.kernel.simd;

/** FP16 by the JDK's conversions, which the JIT compiler makes the processor's own in loops as plain as these. */
final class HalfFloats {
    private HalfFloats() {}

    static void decode(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = Float.float16ToFloat(from[fromOffset + i]);
        }
    }

    static void encode(float[] from, int fromOffset, short[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = Float.floatToFloat16(from[fromOffset + i]);
        }
    }
}

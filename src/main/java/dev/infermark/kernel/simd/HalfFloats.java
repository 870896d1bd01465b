package dev.infermark.kernel.simd;

/** FP16 by the JDK's conversions, which the JIT compiler makes the processor's own in loops as plain as these. */
final class HalfFloats {
    private static final float SIGNALLING = Float.intBitsToFloat(0x7f800001);
    private static final short SIGNALLING_CODE = 0x7c01;

    private HalfFloats() {}

    /**
     * Whether NaNs become quiet and keep the upper bits of their payload, as processors have it; the JDK's own code for
     * those that cannot convert leaves them signalling and keeps other bits.
     */
    static boolean treatNanAsProcessorsDo() {
        return Float.floatToFloat16(SIGNALLING) == 0x7e00
                && Float.floatToRawIntBits(Float.float16ToFloat(SIGNALLING_CODE)) == 0x7fc02000;
    }

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

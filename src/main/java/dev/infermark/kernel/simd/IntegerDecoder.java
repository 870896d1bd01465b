package dev.infermark.kernel.simd;

/** Values of integers, in loops so plain that the JIT compiler finds the vectors. */
final class IntegerDecoder {
    private IntegerDecoder() {}

    static void decode(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }

    static void decodeUnsigned(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i] & 0xff;
        }
    }

    static void decode(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }

    static void decode(int[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }
}

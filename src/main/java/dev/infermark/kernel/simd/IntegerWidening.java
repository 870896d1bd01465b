package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;

/** 8-bit integers, every one of which is an FP32, in loops so plain that the JIT compiler finds the vectors. */
final class IntegerWidening {
    static final Widening<byte[]> INT8 = IntegerWidening::widenSigned;
    static final Widening<byte[]> UINT8 = IntegerWidening::widenUnsigned;

    private IntegerWidening() {}

    /** The largest magnitude of an element. */
    static int magnitude(Element<?, ?> element) {
        return element.equals(Element.UINT8) ? 255 : -Byte.MIN_VALUE;
    }

    private static void widenSigned(
            byte[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            widenSignedRow(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }

    private static void widenUnsigned(
            byte[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            widenUnsignedRow(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }

    private static void widenSignedRow(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }

    private static void widenUnsignedRow(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i] & 0xff;
        }
    }
}

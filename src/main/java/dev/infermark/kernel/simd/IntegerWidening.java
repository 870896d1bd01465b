package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;

/** 8-bit integers, every one of which is an FP32. */
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
            IntegerDecoder.decode(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
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
            IntegerDecoder.decodeUnsigned(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * 8-bit integers, every one of which is an FP32; in vectors, since the rows of a panel are too short for what the JIT
 * compiler makes of plain loops.
 */
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
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            toFloats(Lanes.load(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
        IntegerDecoder.decode(from, fromOffset + i, to, toOffset + i, length - i);
    }

    private static void widenUnsignedRow(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            toFloats(Lanes.loadUnsigned(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
        IntegerDecoder.decodeUnsigned(from, fromOffset + i, to, toOffset + i, length - i);
    }

    private static FloatVector toFloats(IntVector values) {
        return (FloatVector) values.convert(VectorOperators.I2F, 0);
    }
}

package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Transposes a block of eight rows by eight columns of bytes in eight numbers of 64 bits. */
final class OneByteBlock {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWER_4 = 0x00000000ffffffffL;
    private static final long LOWER_2 = 0x0000ffff0000ffffL;
    private static final long LOWER_1 = 0x00ff00ff00ff00ffL;

    private OneByteBlock() {}

    /** to(j, i) = from(i, j). */
    static void transpose(byte[] from, int fromOffset, int fromStride, byte[] to, int toOffset, int toStride) {
        long r0 = (long) EIGHT_BYTES.get(from, fromOffset);
        long r1 = (long) EIGHT_BYTES.get(from, fromOffset + fromStride);
        long r2 = (long) EIGHT_BYTES.get(from, fromOffset + 2 * fromStride);
        long r3 = (long) EIGHT_BYTES.get(from, fromOffset + 3 * fromStride);
        long r4 = (long) EIGHT_BYTES.get(from, fromOffset + 4 * fromStride);
        long r5 = (long) EIGHT_BYTES.get(from, fromOffset + 5 * fromStride);
        long r6 = (long) EIGHT_BYTES.get(from, fromOffset + 6 * fromStride);
        long r7 = (long) EIGHT_BYTES.get(from, fromOffset + 7 * fromStride);
        long a0 = (r0 & LOWER_4) | ((r4 & LOWER_4) << 32);
        long a4 = ((r0 >>> 32) & LOWER_4) | (r4 & ~LOWER_4);
        long a1 = (r1 & LOWER_4) | ((r5 & LOWER_4) << 32);
        long a5 = ((r1 >>> 32) & LOWER_4) | (r5 & ~LOWER_4);
        long a2 = (r2 & LOWER_4) | ((r6 & LOWER_4) << 32);
        long a6 = ((r2 >>> 32) & LOWER_4) | (r6 & ~LOWER_4);
        long a3 = (r3 & LOWER_4) | ((r7 & LOWER_4) << 32);
        long a7 = ((r3 >>> 32) & LOWER_4) | (r7 & ~LOWER_4);
        long b0 = (a0 & LOWER_2) | ((a2 & LOWER_2) << 16);
        long b2 = ((a0 >>> 16) & LOWER_2) | (a2 & ~LOWER_2);
        long b1 = (a1 & LOWER_2) | ((a3 & LOWER_2) << 16);
        long b3 = ((a1 >>> 16) & LOWER_2) | (a3 & ~LOWER_2);
        long b4 = (a4 & LOWER_2) | ((a6 & LOWER_2) << 16);
        long b6 = ((a4 >>> 16) & LOWER_2) | (a6 & ~LOWER_2);
        long b5 = (a5 & LOWER_2) | ((a7 & LOWER_2) << 16);
        long b7 = ((a5 >>> 16) & LOWER_2) | (a7 & ~LOWER_2);
        long c0 = (b0 & LOWER_1) | ((b1 & LOWER_1) << 8);
        long c1 = ((b0 >>> 8) & LOWER_1) | (b1 & ~LOWER_1);
        long c2 = (b2 & LOWER_1) | ((b3 & LOWER_1) << 8);
        long c3 = ((b2 >>> 8) & LOWER_1) | (b3 & ~LOWER_1);
        long c4 = (b4 & LOWER_1) | ((b5 & LOWER_1) << 8);
        long c5 = ((b4 >>> 8) & LOWER_1) | (b5 & ~LOWER_1);
        long c6 = (b6 & LOWER_1) | ((b7 & LOWER_1) << 8);
        long c7 = ((b6 >>> 8) & LOWER_1) | (b7 & ~LOWER_1);
        EIGHT_BYTES.set(to, toOffset, c0);
        EIGHT_BYTES.set(to, toOffset + toStride, c1);
        EIGHT_BYTES.set(to, toOffset + 2 * toStride, c2);
        EIGHT_BYTES.set(to, toOffset + 3 * toStride, c3);
        EIGHT_BYTES.set(to, toOffset + 4 * toStride, c4);
        EIGHT_BYTES.set(to, toOffset + 5 * toStride, c5);
        EIGHT_BYTES.set(to, toOffset + 6 * toStride, c6);
        EIGHT_BYTES.set(to, toOffset + 7 * toStride, c7);
    }
}

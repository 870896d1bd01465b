package dev.infermark.numerics;

import java.util.Objects;

/**
 * Turns FP32 values into codes of a format, in bulk.
 *
 * <p>Element {@code i} of a call is given index {@code i} for stochastic rounding, whatever the offsets.
 *
 * @param format what to encode into
 * @param rounding how a value between two codes finds one
 * @param overflow what becomes of values beyond the largest finite one
 */
public record Encoder(FloatFormat format, Rounding rounding, Overflow overflow) {
    /** An encoder that rounds to nearest even and overflows to infinity. */
    public static Encoder of(FloatFormat format) {
        return new Encoder(format, Rounding.nearestEven(), Overflow.INFINITY);
    }

    /** Encodes into 16-bit codes; formats of 8 bits fill the lower half. */
    public void encode(float[] from, int fromOffset, short[] to, int toOffset, int length) {
        requireWidth(Short.SIZE);
        checkRanges(from.length, fromOffset, to.length, toOffset, length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = (short) code(from[fromOffset + i], i);
        }
    }

    /** Encodes into 8-bit codes. */
    public void encode(float[] from, int fromOffset, byte[] to, int toOffset, int length) {
        requireWidth(Byte.SIZE);
        checkRanges(from.length, fromOffset, to.length, toOffset, length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = (byte) code(from[fromOffset + i], i);
        }
    }

    /** Replaces each value by the one that its code stands for; {@code from} and {@code to} may be the same array. */
    public void round(float[] from, int fromOffset, float[] to, int toOffset, int length) {
        checkRanges(from.length, fromOffset, to.length, toOffset, length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = format.decode(code(from[fromOffset + i], i));
        }
    }

    /** All values as 16-bit codes in a new array. */
    public short[] toShorts(float[] values) {
        short[] codes = new short[values.length];
        encode(values, 0, codes, 0, values.length);
        return codes;
    }

    /** All values as 8-bit codes in a new array. */
    public byte[] toBytes(float[] values) {
        byte[] codes = new byte[values.length];
        encode(values, 0, codes, 0, values.length);
        return codes;
    }

    private int code(float value, int index) {
        return format.encode(value, rounding, overflow, index);
    }

    private void requireWidth(int bits) {
        if (format.bits() > bits) {
            throw new IllegalArgumentException(
                    format.name() + " has " + format.bits() + "-bit codes, the array holds " + bits + " bits each");
        }
    }

    private static void checkRanges(int fromSize, int fromOffset, int toSize, int toOffset, int length) {
        Objects.checkFromIndexSize(fromOffset, length, fromSize);
        Objects.checkFromIndexSize(toOffset, length, toSize);
    }
}

package dev.infermark.numerics;

import java.util.Objects;

/** An integer type as the target of conversion from FP32: rounded, then saturated to the type's range; NaN is 0. */
public enum IntegerFormat {
    /** -128 to 127. */
    INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** 0 to 255. */
    UINT8(0, 255),
    /** -32768 to 32767. */
    INT16(Short.MIN_VALUE, Short.MAX_VALUE);

    private final int min;
    private final int max;

    IntegerFormat(int min, int max) {
        this.min = min;
        this.max = max;
    }

    /** Smallest value. */
    public int min() {
        return min;
    }

    /** Largest value. */
    public int max() {
        return max;
    }

    /** The integer nearest to a value, ties to even. */
    public int encode(float value) {
        return encode(value, new Rounding.NearestEven(), 0);
    }

    /**
     * The integer that a value rounds to.
     *
     * @param index position of the element in its tensor, on which stochastic rounding depends
     */
    public int encode(float value, Rounding rounding, long index) {
        float magnitude = Math.abs(value);
        if (!(magnitude <= 1 << 16)) {
            return Float.isNaN(value) ? 0 : value > 0 ? max : min;
        }
        int exponent = Math.max(Math.getExponent(magnitude), Float.MIN_EXPONENT);
        int shift = Float.PRECISION - 1 - exponent;
        // A shift this large leaves less than 2^-38 of one, which rounds to zero.
        long rounded = shift >= Long.SIZE - 1
                ? 0
                : rounding.shiftRight((long) Math.scalb(magnitude, shift), shift, index);
        return Math.clamp(value < 0 ? -rounded : rounded, min, max);
    }

    /** Encodes in bulk to 8-bit codes; element {@code i} has index {@code i} for stochastic rounding. */
    public void encode(float[] from, int fromOffset, byte[] to, int toOffset, int length, Rounding rounding) {
        if (this == INT16) {
            throw new IllegalArgumentException("int16 has 16-bit codes, the array holds 8 bits each");
        }
        Objects.checkFromIndexSize(fromOffset, length, from.length);
        Objects.checkFromIndexSize(toOffset, length, to.length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = (byte) encode(from[fromOffset + i], rounding, i);
        }
    }
}

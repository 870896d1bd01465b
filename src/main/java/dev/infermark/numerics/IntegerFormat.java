package dev.infermark.numerics;

import java.util.Locale;

/** An integer type; values are rounded to it, then saturated to its range, whatever overflow says; NaN becomes 0. */
public enum IntegerFormat implements NumberFormat {
    /** -128 to 127. */
    INT8(Byte.SIZE, Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** 0 to 255. */
    UINT8(Byte.SIZE, 0, 255),
    /** -32768 to 32767. */
    INT16(Short.SIZE, Short.MIN_VALUE, Short.MAX_VALUE),
    /** -2147483648 to 2147483647; decoding rounds those beyond 2<sup>24</sup> to the nearest FP32, ties to even. */
    INT32(Integer.SIZE, Integer.MIN_VALUE, Integer.MAX_VALUE);

    private final int bits;
    private final int min;
    private final int max;

    IntegerFormat(int bits, int min, int max) {
        this.bits = bits;
        this.min = min;
        this.max = max;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int bits() {
        return bits;
    }

    /** Smallest value. */
    public int min() {
        return min;
    }

    /** Largest value. */
    public int max() {
        return max;
    }

    @Override
    public float decode(int code) {
        int unused = Integer.SIZE - bits;
        return min == 0 ? code << unused >>> unused : code << unused >> unused;
    }

    @Override
    public int encode(float value, Rounding rounding, Overflow overflow, long index) {
        float magnitude = Math.abs(value);
        if (!(magnitude <= 0x1p31f)) {
            return Float.isNaN(value) ? 0 : value > 0 ? max : min;
        }
        long integer = roundMagnitude(magnitude, rounding, index);
        return Math.clamp(value < 0 ? -integer : integer, min, max);
    }

    private static long roundMagnitude(float magnitude, Rounding rounding, long index) {
        int exponent = Math.max(Math.getExponent(magnitude), Float.MIN_EXPONENT);
        int shift = Float.PRECISION - 1 - exponent;
        if (shift <= 0) {
            return (long) magnitude;
        }
        return rounding.shiftRight((long) Math.scalb(magnitude, shift), Math.min(shift, Long.SIZE - 1), index);
    }
}

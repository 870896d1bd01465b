package dev.infermark.numerics;

import dev.infermark.base.Ranges;

/**
 * Turns FP32 values into codes of a format.
 *
 * <p>Element {@code i} of a bulk call is given index {@code i} for stochastic rounding, whatever the offsets.
 *
 * @param format what to encode into
 * @param rounding how a value between two codes finds one
 * @param overflow what becomes of values beyond the largest finite one; integers saturate whatever it says
 */
public record Encoder(NumberFormat format, Rounding rounding, Overflow overflow) {
    /** An encoder that rounds to nearest even and overflows to infinity. */
    public static Encoder of(NumberFormat format) {
        return new Encoder(format, Rounding.nearestEven(), Overflow.INFINITY);
    }

    /**
     * The code of a value.
     *
     * @param index position of the element in its tensor, on which stochastic rounding depends
     */
    public int encode(float value, long index) {
        return format.encode(value, rounding, overflow, index);
    }

    /** The value that a value's code stands for. */
    public float round(float value, long index) {
        return format.decode(encode(value, index));
    }

    /**
     * The code that another format's code becomes, by way of FP32: rounded once, unless it is an INT32 beyond
     * 2<sup>24</sup>, which FP32 rounds first, as the engines do, whose arithmetic is FP32.
     */
    public int convert(NumberFormat source, int code, long index) {
        return encode(source.decode(code), index);
    }

    /** Encodes in bulk; codes narrower than the elements fill their lower bits, with the sign of integers extended. */
    public void encode(float[] from, int fromOffset, Codes to, int toOffset, int length) {
        Ranges.check("from", from.length, fromOffset, length);
        to.check("to", format, toOffset, length);
        for (int i = 0; i < length; i++) {
            to.set(toOffset + i, encode(from[fromOffset + i], i));
        }
    }

    /** Replaces each value by the one that its code stands for; {@code from} and {@code to} may be the same array. */
    public void round(float[] from, int fromOffset, float[] to, int toOffset, int length) {
        Ranges.check("from", from.length, fromOffset, length);
        Ranges.check("to", to.length, toOffset, length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = round(from[fromOffset + i], i);
        }
    }

    /** Converts in bulk from another format; {@code from} and {@code to} may see the same array. */
    public void convert(NumberFormat source, Codes from, int fromOffset, Codes to, int toOffset, int length) {
        from.check("from", source, fromOffset, length);
        to.check("to", format, toOffset, length);
        for (int i = 0; i < length; i++) {
            to.set(toOffset + i, convert(source, from.get(fromOffset + i), i));
        }
    }

    /** All values as 16-bit codes in a new array. */
    public short[] toShorts(float[] values) {
        short[] codes = new short[values.length];
        encode(values, 0, Codes.of(codes), 0, values.length);
        return codes;
    }

    /** All values as 8-bit codes in a new array. */
    public byte[] toBytes(float[] values) {
        byte[] codes = new byte[values.length];
        encode(values, 0, Codes.of(codes), 0, values.length);
        return codes;
    }
}

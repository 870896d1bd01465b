package dev.infermark.numerics;

import java.util.Objects;

/** Turns 8-bit or 16-bit codes of a format into FP32 values, exactly and in bulk. */
public final class Decoder {
    private final FloatFormat format;
    /** The value of every code. */
    private final float[] values;

    /** Prepares the values of all codes of a format of at most 16 bits. */
    public Decoder(FloatFormat format) {
        if (format.bits() > Short.SIZE) {
            throw new IllegalArgumentException(format.name() + " has " + format.bits() + "-bit codes, more than 16");
        }
        this.format = format;
        values = new float[1 << format.bits()];
        for (int code = 0; code < values.length; code++) {
            values[code] = format.decode(code);
        }
    }

    /** Decodes 16-bit codes; the bits above the format's width are ignored. */
    public void decode(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        Objects.checkFromIndexSize(fromOffset, length, from.length);
        Objects.checkFromIndexSize(toOffset, length, to.length);
        int mask = values.length - 1;
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = values[from[fromOffset + i] & mask];
        }
    }

    /** Decodes 8-bit codes of an 8-bit format. */
    public void decode(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        if (format.bits() > Byte.SIZE) {
            throw new IllegalArgumentException(
                    format.name() + " has " + format.bits() + "-bit codes, the array holds 8 bits each");
        }
        Objects.checkFromIndexSize(fromOffset, length, from.length);
        Objects.checkFromIndexSize(toOffset, length, to.length);
        int mask = values.length - 1;
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = values[from[fromOffset + i] & mask];
        }
    }
}

package dev.infermark.numerics;

import java.util.Locale;

/** The element types of tensors: those of the NeuronCores, and those that only occur on the host side of a graph. */
public enum DataType {
    /** IEEE 754 binary32. */
    FP32(4),
    /** FP32 whose significand is rounded to 10 bits; stored in 32 bits. */
    TF32(4),
    /** The upper half of FP32: 8 exponent bits, 7 fraction bits. */
    BF16(2),
    /** IEEE 754 binary16. */
    FP16(2),
    /** Configurable 8-bit floating point: E5M2, E4M3 or E3M4. */
    CFP8(1),
    /** Signed 32-bit integer. */
    INT32(4),
    /** Signed 16-bit integer. */
    INT16(2),
    /** Signed 8-bit integer. */
    INT8(1),
    /** Unsigned 8-bit integer. */
    UINT8(1),
    /** Signed 64-bit integer; occurs in graphs as an index, on no engine. */
    INT64(8),
    /** IEEE 754 binary64; occurs in graphs, on no engine. */
    FP64(8),
    /** Truth value in one byte; occurs in graphs as a mask. */
    BOOL(1);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /** Storage of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether the type is a floating-point type. */
    public boolean isFloatingPoint() {
        return switch (this) {
            case FP32, TF32, BF16, FP16, CFP8, FP64 -> true;
            case INT32, INT16, INT8, UINT8, INT64, BOOL -> false;
        };
    }

    /** The name as users write it, such as {@code bf16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

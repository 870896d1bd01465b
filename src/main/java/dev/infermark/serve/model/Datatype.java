package dev.infermark.serve.model;

import dev.infermark.base.Refusal;
import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The element types of the Open Inference Protocol that models here have. */
public enum Datatype {
    /** Truth value in one byte. */
    BOOL(1),
    /** Unsigned 8-bit integer. */
    UINT8(1),
    /** Signed 8-bit integer. */
    INT8(1),
    /** Signed 16-bit integer. */
    INT16(2),
    /** Signed 32-bit integer. */
    INT32(4),
    /** Signed 64-bit integer. */
    INT64(8),
    /** IEEE 754 binary16; only as binary data. */
    FP16(2),
    /** Upper half of FP32; only as binary data. */
    BF16(2),
    /** IEEE 754 binary32. */
    FP32(4),
    /** IEEE 754 binary64. */
    FP64(8);

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** The type that carries a type of a graph. */
    static Datatype of(DataType type) {
        return switch (type) {
            case BOOL -> BOOL;
            case UINT8 -> UINT8;
            case INT8 -> INT8;
            case INT16 -> INT16;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case FP16 -> FP16;
            case BF16 -> BF16;
            case FP32, TF32 -> FP32;
            case FP64 -> FP64;
            case CFP8 -> throw new Refusal("the Open Inference Protocol has no type for cfp8; serve a model with "
                    + "inputs and outputs of another type");
        };
    }

    /** The type of this name, if models here can have it. */
    public static Optional<Datatype> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of an element as binary data. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements can be written in JSON. */
    public boolean isInJson() {
        return this != FP16 && this != BF16;
    }

    /** The zero of the type in JSON. */
    public String zero() {
        return switch (this) {
            case BOOL -> "false";
            case UINT8, INT8, INT16, INT32, INT64 -> "0";
            case FP16, BF16, FP32, FP64 -> "0.0";
        };
    }

    /** The least whole number that the type holds, for types of whole numbers. */
    public long least() {
        return switch (this) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            case BOOL, UINT8, FP16, BF16, FP32, FP64 -> 0;
        };
    }

    /** The greatest whole number that the type holds, for types of whole numbers. */
    public long greatest() {
        return switch (this) {
            case BOOL -> 1;
            case UINT8 -> 255;
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> Long.MAX_VALUE;
            case FP16, BF16, FP32, FP64 -> 0;
        };
    }
}

package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;

/** The elements of a tensor: an array whose element is as wide as the tensor's type; codes where Java lacks the type. */
sealed interface Storage {
    /** 32-bit floats. */
    record Floats(float[] values) implements Storage {}

    /** 32-bit integers. */
    record Ints(int[] values) implements Storage {}

    /** 16 bits each. */
    record Shorts(short[] values) implements Storage {}

    /** 8 bits each. */
    record Bytes(byte[] values) implements Storage {}

    /** Zeros. */
    static Storage of(DataType type, int length) {
        return switch (type) {
            case FP32 -> new Floats(new float[length]);
            case INT32 -> new Ints(new int[length]);
            case BF16, FP16, INT16 -> new Shorts(new short[length]);
            case INT8, UINT8 -> new Bytes(new byte[length]);
            case TF32, CFP8, INT64, FP64, BOOL -> throw new IllegalArgumentException("type: no tensor of "
                    + type.label() + "; take fp32, bf16, fp16, int32, int16, int8 or uint8");
        };
    }

    /** Number of elements. */
    default int length() {
        return switch (this) {
            case Floats(float[] values) -> values.length;
            case Ints(int[] values) -> values.length;
            case Shorts(short[] values) -> values.length;
            case Bytes(byte[] values) -> values.length;
        };
    }

    /** Copies consecutive elements to storage of the same kind. */
    default void copy(int at, Storage to, int toAt, int length) {
        switch (this) {
            case Floats(float[] values) -> System.arraycopy(values, at, ((Floats) to).values, toAt, length);
            case Ints(int[] values) -> System.arraycopy(values, at, ((Ints) to).values, toAt, length);
            case Shorts(short[] values) -> System.arraycopy(values, at, ((Shorts) to).values, toAt, length);
            case Bytes(byte[] values) -> System.arraycopy(values, at, ((Bytes) to).values, toAt, length);
        }
    }
}

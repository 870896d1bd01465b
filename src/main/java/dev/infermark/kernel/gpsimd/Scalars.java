package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import dev.infermark.numerics.FloatFormat;

/** Single numbers as elements of a tensor. */
final class Scalars {
    private Scalars() {}

    /** The bits of a 16-bit type, or the value of an integer type; refuses integers that the type does not hold. */
    static int code(DataType type, double value) {
        return switch (type) {
            case BF16 -> FloatFormat.BF16.encode((float) value);
            case FP16 -> FloatFormat.FP16.encode((float) value);
            case INT32 -> integer(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT16 -> integer(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT8 -> integer(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> integer(type, value, 0, 255);
            case FP32, TF32, CFP8, INT64, FP64, BOOL ->
                throw new IllegalArgumentException("type: " + type.label() + " has no 16-bit code and is no integer");
        };
    }

    private static int integer(DataType type, double value, int least, int most) {
        if (!(value >= least && value <= most && value == Math.rint(value))) {
            throw new IllegalArgumentException("value: " + value + " is no " + type.label() + ", which holds the whole"
                    + " numbers from " + least + " to " + most);
        }
        return (int) value;
    }
}

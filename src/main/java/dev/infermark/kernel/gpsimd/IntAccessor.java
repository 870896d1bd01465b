package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;

/**
 * Element access to a tensor of integers, or of BF16 or FP16 as codes from 0 to 65535: by index, or by position in
 * row-major order, which is faster.
 */
public final class IntAccessor {
    private final Tensor tensor;

    IntAccessor(Tensor tensor) {
        this.tensor = tensor;
    }

    /** The element at the given index, one number per dimension. */
    public int get(int... index) {
        return at(tensor.position(index));
    }

    /** Sets the element at the given index, one number per dimension; refuses what the type does not hold. */
    public void set(int value, int... index) {
        put(tensor.position(index), value);
    }

    /** The element at the given position, from 0 to {@link Tensor#elements} less 1. */
    public int at(int position) {
        return switch (tensor.storage()) {
            case Storage.Ints ints -> ints.values()[position];
            case Storage.Shorts shorts -> signed(shorts.values()[position], DataType.INT16, 0xffff);
            case Storage.Bytes bytes -> signed(bytes.values()[position], DataType.INT8, 0xff);
            case Storage.Floats _ -> throw new IllegalStateException("floats have an accessor of their own");
        };
    }

    /** Sets the element at the given position; refuses what the type does not hold. */
    public void put(int position, int value) {
        requireFits(value);
        switch (tensor.storage()) {
            case Storage.Ints ints -> ints.values()[position] = value;
            case Storage.Shorts shorts -> shorts.values()[position] = (short) value;
            case Storage.Bytes bytes -> bytes.values()[position] = (byte) value;
            case Storage.Floats _ -> throw new IllegalStateException("floats have an accessor of their own");
        }
    }

    /** The value as the type holds it, which has a sign or is no less than zero. */
    private int signed(int value, DataType signedType, int mask) {
        return tensor.type() == signedType ? value : value & mask;
    }

    private void requireFits(int value) {
        boolean fits = switch (tensor.type()) {
            case INT16 -> value == (short) value;
            case INT8 -> value == (byte) value;
            case UINT8 -> value == (value & 0xff);
            case BF16, FP16 -> value == (value & 0xffff);
            case INT32, FP32, TF32, CFP8, INT64, FP64, BOOL -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException("value: " + value + " does not fit into " + tensor);
        }
    }
}

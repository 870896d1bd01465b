package dev.infermark.kernel.gpsimd;

/** Element access to an FP32 tensor: by index, or by position in row-major order, which is faster. */
public final class FloatAccessor {
    private final Tensor tensor;
    private final float[] values;

    FloatAccessor(Tensor tensor) {
        this.tensor = tensor;
        this.values = tensor.storage() instanceof Storage.Floats floats ? floats.values() : new float[0];
    }

    /** The element at the given index, one number per dimension. */
    public float get(int... index) {
        return values[tensor.position(index)];
    }

    /** Sets the element at the given index, one number per dimension. */
    public void set(float value, int... index) {
        values[tensor.position(index)] = value;
    }

    /** The element at the given position, from 0 to {@link Tensor#elements} less 1. */
    public float at(int position) {
        return values[position];
    }

    /** Sets the element at the given position. */
    public void put(int position, float value) {
        values[position] = value;
    }
}

package dev.infermark.kernel.gpsimd;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An FP32 tensor in device memory, row-major, that custom operators create, read and write. */
public final class Tensor {
    private final int[] shape;
    private final float[] data;

    private Tensor(int[] shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    /** A tensor of zeros; each dimension is at least 1. */
    public static Tensor zeros(int... shape) {
        return new Tensor(shape.clone(), new float[elements(shape)]);
    }

    /** A tensor whose every element has the given value. */
    public static Tensor full(float value, int... shape) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /** A tensor with a copy of the given elements, which must be as many as the shape holds. */
    public static Tensor of(float[] elements, int... shape) {
        if (elements(shape) != elements.length) {
            throw new IllegalArgumentException("elements: shape " + describe(shape) + " holds " + elements(shape)
                    + " elements, the array has shape " + elements.length);
        }
        return new Tensor(shape.clone(), elements.clone());
    }

    private static int elements(int[] shape) {
        long product = 1;
        for (int size : shape) {
            if (size < 1) {
                throw new IllegalArgumentException("shape " + describe(shape) + " has a dimension below 1");
            }
            product = Math.multiplyExact(product, size);
        }
        return Math.toIntExact(product);
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** Size of a dimension; negative ones count from the last, which is -1. */
    public int size(int dimension) {
        return shape[dimension < 0 ? shape.length + dimension : dimension];
    }

    /** Number of elements. */
    public int elements() {
        return data.length;
    }

    /** A copy of the sizes of all dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** Whether both have the same sizes in all dimensions. */
    public boolean hasShapeOf(Tensor other) {
        return Arrays.equals(shape, other.shape);
    }

    /** The element at the given index, one number per dimension. */
    public float get(int... index) {
        return data[position(index)];
    }

    /** Sets the element at the given index, one number per dimension. */
    public void set(float value, int... index) {
        data[position(index)] = value;
    }

    /** Copies consecutive elements into local memory. */
    public void read(int position, float[] to, int offset, int length) {
        System.arraycopy(data, position, to, offset, length);
    }

    /** Copies consecutive elements from local memory. */
    public void write(int position, float[] from, int offset, int length) {
        System.arraycopy(from, offset, data, position, length);
    }

    private int position(int[] index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(
                    "index has " + index.length + " numbers, the tensor's shape is " + describe(shape));
        }
        int position = 0;
        for (int i = 0; i < shape.length; i++) {
            if (index[i] < 0 || index[i] >= shape[i]) {
                throw new IndexOutOfBoundsException(
                        "index " + describe(index) + " lies outside of shape " + describe(shape));
            }
            position = position * shape[i] + index[i];
        }
        return position;
    }

    /** The sizes, such as {@code 16x128x128}. */
    @Override
    public String toString() {
        return describe(shape);
    }

    private static String describe(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }
}

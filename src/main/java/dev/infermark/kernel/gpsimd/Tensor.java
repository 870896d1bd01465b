package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tensor, row-major, in device memory or in the {@linkplain Processor#local local memory} of a processor.
 *
 * <p>FP32, INT32, INT16, INT8 and UINT8 hold values; BF16 and FP16 hold the 16-bit codes of theirs. Elements are
 * reached one by one through {@link #floats} and {@link #ints}, and many at a time by the instructions of a
 * {@link Processor}.
 */
public final class Tensor {
    private final TensorSpec spec;
    private final Storage storage;
    private final FloatAccessor floats;
    private final IntAccessor ints;

    private Tensor(TensorSpec spec, Storage storage) {
        if (spec.elements() != storage.length()) {
            throw new IllegalArgumentException("elements: shape " + spec.shape() + " holds " + spec.elements()
                    + " elements, the array has shape " + storage.length());
        }
        this.spec = spec;
        this.storage = storage;
        this.floats = new FloatAccessor(this);
        this.ints = new IntAccessor(this);
    }

    /** A tensor of the given type and sizes for an operator to fill; its content is zero at first. */
    public static Tensor empty(TensorSpec spec) {
        if (spec.elements() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("spec: " + spec + " has more than " + Integer.MAX_VALUE + " elements");
        }
        return new Tensor(spec, Storage.of(spec.type(), (int) spec.elements()));
    }

    /** A tensor of zeros; each dimension is at least 1. */
    public static Tensor zeros(DataType type, int... sizes) {
        return empty(TensorSpec.of(type, sizes));
    }

    /** A tensor of ones. */
    public static Tensor ones(DataType type, int... sizes) {
        return full(1, type, sizes);
    }

    /**
     * A tensor whose every element has the given value, rounded to nearest even where the type is a float.
     *
     * @throws IllegalArgumentException if an integer type does not hold the value
     */
    public static Tensor full(double value, DataType type, int... sizes) {
        Tensor tensor = zeros(type, sizes);
        tensor.fill(0, tensor.elements(), value);
        return tensor;
    }

    /** A vector of the whole numbers from {@code first} up to, not including, {@code end}. */
    public static Tensor arange(int first, int end) {
        if (end <= first) {
            throw new IllegalArgumentException("end: " + end + " is not above first, which is " + first);
        }
        int[] values = new int[Math.subtractExact(end, first)];
        Arrays.setAll(values, i -> first + i);
        return new Tensor(TensorSpec.of(DataType.INT32, values.length), new Storage.Ints(values));
    }

    /** An FP32 tensor with a copy of the given elements, which must be as many as the shape holds. */
    public static Tensor of(float[] elements, int... sizes) {
        return new Tensor(TensorSpec.of(DataType.FP32, sizes), new Storage.Floats(elements.clone()));
    }

    /** An INT32 tensor with a copy of the given elements, which must be as many as the shape holds. */
    public static Tensor of(int[] elements, int... sizes) {
        return new Tensor(TensorSpec.of(DataType.INT32, sizes), new Storage.Ints(elements.clone()));
    }

    /** A tensor of INT16, or of the codes of BF16 or FP16, with a copy of the given elements. */
    public static Tensor of(DataType type, short[] elements, int... sizes) {
        requireWidth(type, Short.BYTES);
        return new Tensor(TensorSpec.of(type, sizes), new Storage.Shorts(elements.clone()));
    }

    /** A tensor of INT8 or UINT8 with a copy of the given elements. */
    public static Tensor of(DataType type, byte[] elements, int... sizes) {
        requireWidth(type, Byte.BYTES);
        return new Tensor(TensorSpec.of(type, sizes), new Storage.Bytes(elements.clone()));
    }

    private static void requireWidth(DataType type, int bytes) {
        if (Storage.of(type, 0).length() != 0 || type.bytes() != bytes) {
            throw new IllegalArgumentException(
                    "type: " + type.label() + " has " + type.bytes() + " bytes, the elements have " + bytes);
        }
    }

    /** Type and sizes. */
    public TensorSpec spec() {
        return spec;
    }

    /** Element type. */
    public DataType type() {
        return spec.type();
    }

    /** Number of dimensions. */
    public int rank() {
        return spec.rank();
    }

    /** Size of a dimension; negative ones count from the last, which is -1. */
    public int size(int dimension) {
        return spec.size(dimension);
    }

    /** Number of elements. */
    public int elements() {
        return storage.length();
    }

    /** Reads and writes single elements of an FP32 tensor. */
    public FloatAccessor floats() {
        if (!(storage instanceof Storage.Floats)) {
            throw new IllegalArgumentException("the tensor is " + spec + ", not fp32: take ints()");
        }
        return floats;
    }

    /** Reads and writes single elements of a tensor of integers or of 16-bit codes. */
    public IntAccessor ints() {
        if (storage instanceof Storage.Floats) {
            throw new IllegalArgumentException("the tensor is " + spec + ", no integers: take floats()");
        }
        return ints;
    }

    Storage storage() {
        return storage;
    }

    /** Sets consecutive elements to a value. */
    void fill(int at, int length, double value) {
        storage.fill(type(), at, length, value);
    }

    /** The place of an element in row-major order. */
    int position(int... index) {
        if (index.length != rank()) {
            throw new IllegalArgumentException(
                    "index has " + index.length + " numbers, the tensor's shape is " + spec.shape());
        }
        int position = 0;
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= size(i)) {
                throw new IndexOutOfBoundsException(String.format(
                        Locale.ROOT, "index %s lies outside of shape %s", Arrays.toString(index), spec.shape()));
            }
            position = position * size(i) + index[i];
        }
        return position;
    }

    /** Type and sizes, such as {@code fp32 16x128x128}. */
    @Override
    public String toString() {
        return spec.toString();
    }
}

package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a tensor is, without its elements.
 *
 * @param type element type
 * @param sizes of the dimensions, outermost first, each at least 1; none for a single element
 */
public record TensorSpec(DataType type, List<Integer> sizes) {
    /** Copies the sizes and refuses those below 1. */
    public TensorSpec {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("shape " + describe(sizes) + " has a dimension below 1");
            }
        }
    }

    /** The specification with these sizes. */
    public static TensorSpec of(DataType type, int... sizes) {
        return new TensorSpec(type, Arrays.stream(sizes).boxed().toList());
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes.size();
    }

    /** Size of a dimension; negative ones count from the last, which is -1. */
    public int size(int dimension) {
        return sizes.get(dimension < 0 ? sizes.size() + dimension : dimension);
    }

    /** Number of elements. */
    public long elements() {
        long product = 1;
        for (int size : sizes) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return Math.multiplyExact(elements(), type.bytes());
    }

    /** The sizes, such as {@code 16x128x128}. */
    public String shape() {
        return describe(sizes);
    }

    /** Type and sizes, such as {@code fp32 16x128x128}. */
    @Override
    public String toString() {
        return rank() == 0 ? type.label() : type.label() + " " + shape();
    }

    private static String describe(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}

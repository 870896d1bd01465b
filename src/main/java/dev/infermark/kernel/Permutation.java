package dev.infermark.kernel;

import dev.infermark.kernel.provider.TensorSupport;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Permutes the axes of dense tensors, as copies of rows or transpositions of matrices. */
final class Permutation {
    private final TensorSupport support;

    Permutation(TensorSupport support) {
        this.support = support;
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    void permute(Object from, int[] sizes, int[] axes, Object to) {
        check(from, sizes, axes, to);
        if (from == to) {
            throw new IllegalArgumentException("to must be another array than from, of " + Arrays.toString(sizes));
        }
        int rank = axes.length;
        if (rank == 0) {
            System.arraycopy(from, 0, to, 0, 1);
            return;
        }
        int[] fromStrides = new int[rank];
        int[] toStrides = new int[rank];
        int[] denseStrides = strides(sizes);
        int[] toSizes = Arrays.stream(axes).map(axis -> sizes[axis]).toArray();
        int[] denseToStrides = strides(toSizes);
        for (int d = 0; d < rank; d++) {
            fromStrides[d] = denseStrides[axes[d]];
            toStrides[d] = denseToStrides[d];
        }
        int fastest = position(axes, rank - 1);
        walk(new Walk(from, to, toSizes, fromStrides, toStrides, fastest), 0, 0, 0);
    }

    /**
     * Visits all but the axes that lie fastest in either tensor.
     *
     * @param depth axis of {@code to} to walk along
     */
    private void walk(Walk walk, int depth, int fromOffset, int toOffset) {
        int last = walk.sizes.length - 1;
        if (depth == last) {
            move(walk, fromOffset, toOffset);
            return;
        }
        if (depth == walk.fastest) {
            walk(walk, depth + 1, fromOffset, toOffset);
            return;
        }
        for (int i = 0; i < walk.sizes[depth]; i++) {
            walk(walk, depth + 1, fromOffset + i * walk.fromStrides[depth], toOffset + i * walk.toStrides[depth]);
        }
    }

    private void move(Walk walk, int fromOffset, int toOffset) {
        int last = walk.sizes.length - 1;
        if (walk.fastest == last) {
            System.arraycopy(walk.from, fromOffset, walk.to, toOffset, walk.sizes[last]);
        } else {
            transpose(
                    walk.from,
                    fromOffset,
                    walk.fromStrides[last],
                    walk.sizes[last],
                    walk.sizes[walk.fastest],
                    walk.to,
                    toOffset,
                    walk.toStrides[walk.fastest]);
        }
    }

    void transpose(
            Object from, int fromOffset, int fromStride, int rows, int columns, Object to, int toOffset, int toStride) {
        switch (from) {
            case float[] data -> support.transpose(
                    data, fromOffset, fromStride, rows, columns, (float[]) to, toOffset, toStride);
            case int[] data -> support.transpose(
                    data, fromOffset, fromStride, rows, columns, (int[]) to, toOffset, toStride);
            case short[] data -> support.transpose(
                    data, fromOffset, fromStride, rows, columns, (short[]) to, toOffset, toStride);
            case byte[] data -> support.transpose(
                    data, fromOffset, fromStride, rows, columns, (byte[]) to, toOffset, toStride);
            default -> throw new IllegalArgumentException(
                    "from must be float[], int[], short[] or byte[], not " + from.getClass().getSimpleName());
        }
    }

    private static void check(Object from, int[] sizes, int[] axes, Object to) {
        String shape = Arrays.toString(sizes);
        int[] everyAxis = IntStream.range(0, sizes.length).toArray();
        if (!Arrays.equals(everyAxis, Arrays.stream(axes).sorted().toArray())) {
            throw new IllegalArgumentException(
                    "axes " + Arrays.toString(axes) + " must name each axis of from, " + shape + ", once");
        }
        long elements = 1;
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("sizes of from must be at least 1: " + shape);
            }
            elements = Math.multiplyExact(elements, size);
        }
        checkLength("from", from, elements, shape);
        checkLength("to", to, elements, shape);
    }

    private static void checkLength(String name, Object array, long elements, String shape) {
        if (Array.getLength(array) < elements) {
            throw new IllegalArgumentException(name + " has " + Array.getLength(array) + " elements, but a tensor of "
                    + shape + " has " + elements);
        }
    }

    private static int[] strides(int[] sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int d = sizes.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= sizes[d];
        }
        return strides;
    }

    private static int position(int[] axes, int axis) {
        int position = 0;
        while (axes[position] != axis) {
            position++;
        }
        return position;
    }

    /** What stays the same along the way; sizes and strides are by the axes of {@code to}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Walk(Object from, Object to, int[] sizes, int[] fromStrides, int[] toStrides, int fastest) {}
}

package dev.infermark.kernel;

import java.lang.reflect.Array;

/**
 * A row-major matrix in an array: element (i, j) is at {@code offset + i * leadingDimension + j}.
 *
 * @param <T> the array, such as {@code float[]}
 * @param data holds the elements; the matrix is a view, not a copy
 * @param offset of the first element
 * @param rows at least 1
 * @param columns at least 1
 * @param leadingDimension distance from one row to the next, at least {@code columns}
 */
public record Matrix<T>(T data, int offset, int rows, int columns, int leadingDimension) {
    /** Checks that the array holds every element. */
    public Matrix {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix has at least 1 row and 1 column, not " + rows + "x" + columns);
        }
        if (leadingDimension < columns) {
            throw new IllegalArgumentException(
                    "leadingDimension " + leadingDimension + " is less than the " + columns + " columns");
        }
        long end = offset + (long) (rows - 1) * leadingDimension + columns;
        if (offset < 0 || end > Array.getLength(data)) {
            throw new IllegalArgumentException("a " + rows + "x" + columns + " matrix with leadingDimension "
                    + leadingDimension + " takes elements " + offset + " to " + end + " of an array of "
                    + Array.getLength(data));
        }
    }

    /** A matrix that starts with its array and whose rows follow each other without a gap. */
    public static <T> Matrix<T> of(T data, int rows, int columns) {
        return new Matrix<>(data, 0, rows, columns, columns);
    }

    /** Where a row starts. */
    public int row(int i) {
        return offset + i * leadingDimension;
    }

    /** Whether rows follow each other without a gap. */
    public boolean isContiguous() {
        return leadingDimension == columns || rows == 1;
    }

    /** Rows and columns, such as {@code 3x4}. */
    public String shape() {
        return rows + "x" + columns;
    }

    /** Elements from the first to the last, those between the rows included. */
    public int extent() {
        return (rows - 1) * leadingDimension + columns;
    }

    /** Length of the array. */
    int length() {
        return Array.getLength(data);
    }

    /** Whether the elements from the first to the last share array and range with those of the other matrix. */
    public boolean overlaps(Matrix<?> other) {
        return overlaps(extent(), other, other.extent());
    }

    /** As {@link #overlaps(Matrix)} for as many elements of each from its first. */
    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    boolean overlaps(long elements, Matrix<?> other, long otherElements) {
        return data == other.data && offset < other.offset + otherElements && other.offset < offset + elements;
    }
}

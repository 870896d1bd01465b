package dev.infermark.kernel;

/**
 * A factor of a matmul; only read.
 *
 * @param <T> the array that holds the elements
 * @param <R> the array of the matmul
 * @param element how the elements are stored
 * @param matrix as stored
 * @param transposition how it enters the matmul
 */
public record Operand<T, R>(Element<T, R> element, Matrix<T> matrix, Transposition transposition) {
    /** A factor as it is stored. */
    public static <T, R> Operand<T, R> of(Element<T, R> element, Matrix<T> matrix) {
        return new Operand<>(element, matrix, Transposition.NONE);
    }

    /** The same stored matrix, transposed. */
    public Operand<T, R> transposed() {
        Transposition other = switch (transposition) {
            case NONE -> Transposition.TRANSPOSED;
            case TRANSPOSED -> Transposition.NONE;
        };
        return new Operand<>(element, matrix, other);
    }

    /** Rows in the matmul. */
    public int rows() {
        return transposition == Transposition.NONE ? matrix.rows() : matrix.columns();
    }

    /** Columns in the matmul. */
    public int columns() {
        return transposition == Transposition.NONE ? matrix.columns() : matrix.rows();
    }

    /** Rows and columns in the matmul, such as {@code 3x4}. */
    public String shape() {
        return rows() + "x" + columns();
    }

    /** The value of element (i, j) in the matmul, of the matrix that starts {@code shift} elements later. */
    public float value(int shift, int i, int j) {
        int index = switch (transposition) {
            case NONE -> matrix.row(i) + j;
            case TRANSPOSED -> matrix.row(j) + i;
        };
        return element.value(matrix.data(), shift + index);
    }
}

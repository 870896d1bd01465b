package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.Transposition;

/**
 * Copies blocks of an operand as FP32, however it is stored.
 *
 * @param <T> the array it is stored in
 */
final class OperandReader<T> {
    /** Elements that {@link #read} needs to put a transposed operand's into order. */
    static final int STAGING = 1 << 12;

    private static final int STAGED_ROWS = 16;
    private static final int STAGED_COLUMNS = STAGING / STAGED_ROWS;

    private final Widening<T> widening;
    private final Matrix<T> matrix;
    private final Transposition transposition;

    OperandReader(Operand<T, ?> operand) {
        widening = Widening.of(operand.element());
        matrix = operand.matrix();
        transposition = operand.transposition();
    }

    /**
     * Copies {@code rows} rows of {@code columns} from (top, left) of the matrix that starts {@code shift} elements
     * later to rows that lie {@code toStride} apart.
     */
    void read(
            int shift,
            int top,
            int rows,
            int left,
            int columns,
            float[] to,
            int toOffset,
            int toStride,
            float[] staging) {
        switch (transposition) {
            case NONE -> widening.widen(
                    matrix.data(),
                    shift + matrix.row(top) + left,
                    matrix.leadingDimension(),
                    rows,
                    columns,
                    to,
                    toOffset,
                    toStride);
            case TRANSPOSED -> readTransposed(shift, top, rows, left, columns, to, toOffset, toStride, staging);
        }
    }

    private void readTransposed(
            int shift,
            int top,
            int rows,
            int left,
            int columns,
            float[] to,
            int toOffset,
            int toStride,
            float[] staging) {
        for (int j = 0; j < columns; j += STAGED_ROWS) {
            int stagedRows = Math.min(STAGED_ROWS, columns - j);
            for (int i = 0; i < rows; i += STAGED_COLUMNS) {
                int stagedColumns = Math.min(STAGED_COLUMNS, rows - i);
                int from = shift + matrix.row(left + j) + top + i;
                widening.widen(
                        matrix.data(),
                        from,
                        matrix.leadingDimension(),
                        stagedRows,
                        stagedColumns,
                        staging,
                        0,
                        STAGED_COLUMNS);
                Transposer.transpose(
                        staging,
                        0,
                        STAGED_COLUMNS,
                        stagedRows,
                        stagedColumns,
                        to,
                        toOffset + i * toStride + j,
                        toStride);
            }
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.Transposition;
import java.util.Optional;

/**
 * Copies blocks of an operand as FP32, however it is stored, or tells where they lie if it is stored so.
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
    private final Optional<float[]> fp32;

    OperandReader(Operand<T, ?> operand) {
        widening = Widening.of(operand.element());
        matrix = operand.matrix();
        transposition = operand.transposition();
        fp32 = widening == Fp32Widening.INSTANCE && matrix.data() instanceof float[] floats
                ? Optional.of(floats)
                : Optional.empty();
    }

    Transposition transposition() {
        return transposition;
    }

    /** The array that the matrix is stored in, where that holds the FP32 values themselves. */
    Optional<float[]> fp32() {
        return fp32;
    }

    /** Where (top, left) of the matrix as stored lies, if that starts {@code shift} elements later. */
    int start(int shift, int top, int left) {
        return shift + matrix.row(top) + left;
    }

    /** Distance of the rows as stored. */
    int stride() {
        return matrix.leadingDimension();
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
            case NONE -> readStored(shift, top, rows, left, columns, to, toOffset, toStride);
            case TRANSPOSED -> readTransposed(shift, top, rows, left, columns, to, toOffset, toStride, staging);
        }
    }

    private void readStored(
            int shift, int top, int rows, int left, int columns, float[] to, int toOffset, int toStride) {
        int from = start(shift, top, left);
        if (columns == 1 && matrix.leadingDimension() == 1 && toStride == 1) {
            // A column without gaps is as good as a row.
            widening.widen(matrix.data(), from, rows, 1, rows, to, toOffset, rows);
        } else {
            widening.widen(matrix.data(), from, matrix.leadingDimension(), rows, columns, to, toOffset, toStride);
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
                readStored(shift, left + j, stagedRows, top + i, stagedColumns, staging, 0, STAGED_COLUMNS);
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

    /** FP32 values of a block as stored: a view where the matrix is FP32 itself, otherwise a copy. */
    static final class Window {
        private final float[] copy;
        private final int copyStride;
        private float[] data;
        private int offset;
        private int stride;

        /** A window for blocks of at most that size. */
        Window(int rows, int columns) {
            copy = new float[rows * columns];
            copyStride = columns;
            data = copy;
        }

        /** Looks at {@code rows} rows of {@code columns} from (top, left) as stored. */
        <T> void move(OperandReader<T> reader, int shift, int top, int rows, int left, int columns) {
            Optional<float[]> stored = reader.fp32();
            if (stored.isPresent()) {
                data = stored.get();
                offset = reader.start(shift, top, left);
                stride = reader.stride();
            } else {
                data = copy;
                offset = 0;
                stride = copyStride;
                reader.readStored(shift, top, rows, left, columns, copy, 0, copyStride);
            }
        }

        float[] data() {
            return data;
        }

        int row(int i) {
            return offset + i * stride;
        }

        int stride() {
            return stride;
        }
    }
}

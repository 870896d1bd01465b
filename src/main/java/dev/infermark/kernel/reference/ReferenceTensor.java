package dev.infermark.kernel.reference;

import dev.infermark.kernel.Accumulation;
import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.provider.TensorSupport;

/** c(i,j) = Σ a(i,p)·b(p,j), on the caller's thread. */
final class ReferenceTensor implements TensorSupport {
    @Override
    public <R> Runnable prepare(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        return () -> multiply(a, b, c, options);
    }

    private static <R> void multiply(Operand<?, R> a, Operand<?, R> b, Matrix<R> c, MatmulOptions options) {
        for (int matmul = 0; matmul < options.batch().count(); matmul++) {
            float[][] left = rows(a, matmul * options.batch().aStride());
            float[][] right = columns(b, matmul * options.batch().bStride());
            int shift = matmul * options.batch().cStride();
            for (int i = 0; i < c.rows(); i++) {
                for (int j = 0; j < c.columns(); j++) {
                    int to = c.row(i) + j + shift;
                    switch (c.data()) {
                        case float[] results -> results[to] = sum(left[i], right[j], options.accumulation());
                        case int[] results -> results[to] = integerSum(left[i], right[j]);
                        default -> throw new IllegalArgumentException("c must be float[] or int[]");
                    }
                }
            }
        }
    }

    private static float[][] rows(Operand<?, ?> operand, int shift) {
        float[][] rows = new float[operand.rows()][operand.columns()];
        for (int i = 0; i < operand.rows(); i++) {
            for (int j = 0; j < operand.columns(); j++) {
                rows[i][j] = operand.value(shift, i, j);
            }
        }
        return rows;
    }

    private static float[][] columns(Operand<?, ?> operand, int shift) {
        return rows(operand.transposed(), shift);
    }

    private static float sum(float[] row, float[] column, Accumulation accumulation) {
        int tile = switch (accumulation) {
            case FAST -> row.length;
            case PSUM -> Accumulation.TILE;
        };
        float result = tileSum(row, column, 0, Math.min(tile, row.length));
        for (int from = tile; from < row.length; from += tile) {
            result += tileSum(row, column, from, Math.min(from + tile, row.length));
        }
        return result;
    }

    private static float tileSum(float[] row, float[] column, int from, int to) {
        float sum = 0;
        for (int p = from; p < to; p++) {
            sum = Math.fma(row[p], column[p], sum);
        }
        return sum;
    }

    private static int integerSum(float[] row, float[] column) {
        int sum = 0;
        for (int p = 0; p < row.length; p++) {
            sum += ((int) row[p]) * ((int) column[p]);
        }
        return sum;
    }

    @Override
    public void transpose(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
            }
        }
    }

    @Override
    public void transpose(
            int[] from, int fromOffset, int fromStride, int rows, int columns, int[] to, int toOffset, int toStride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
            }
        }
    }

    @Override
    public void transpose(
            short[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            short[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
            }
        }
    }

    @Override
    public void transpose(
            byte[] from, int fromOffset, int fromStride, int rows, int columns, byte[] to, int toOffset, int toStride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j];
            }
        }
    }
}

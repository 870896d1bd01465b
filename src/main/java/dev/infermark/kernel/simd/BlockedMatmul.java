package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import java.util.Arrays;

/**
 * C = A·B in blocks that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>For each K block, rows of A are packed once; then, panel by panel, columns of B are packed into a buffer that
 * stays in the second-level cache while every tile of rows is multiplied with it. It owns its buffers: one thread
 * uses it at a time.
 */
final class BlockedMatmul {
    private static final int ROW_BLOCK = 128 * RegisterTile.ROWS;

    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] panel = new float[RegisterTile.DEPTH * tile.columns()];
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private float[] packedRows = new float[0];

    <T, R> void multiply(Operand<T> operand, Matrix<T> a, Matrix<T> b, Sink<R> sink, Matrix<R> c) {
        for (int top = 0; top < c.rows(); top += ROW_BLOCK) {
            int rows = Math.min(ROW_BLOCK, c.rows() - top);
            for (int from = 0; from < a.columns(); from += RegisterTile.DEPTH) {
                int depth = Math.min(RegisterTile.DEPTH, a.columns() - from);
                packRows(operand, a, top, rows, from, depth);
                for (int left = 0; left < c.columns(); left += tile.columns()) {
                    packPanel(operand, b, from, depth, left);
                    multiplyPanel(depth, sink, c, top, rows, left, from == 0);
                }
            }
        }
    }

    /** Copies part of A's rows, each to its own stride, and zeros to fill the last tile. */
    private <T> void packRows(Operand<T> operand, Matrix<T> a, int top, int rows, int from, int depth) {
        int padded = Math.ceilDiv(rows, RegisterTile.ROWS) * RegisterTile.ROWS;
        if (packedRows.length < padded * RegisterTile.STRIDE) {
            packedRows = new float[padded * RegisterTile.STRIDE];
        }
        for (int i = 0; i < rows; i++) {
            operand.widen(a.data(), a.row(top + i) + from, packedRows, i * RegisterTile.STRIDE, depth);
        }
        Arrays.fill(packedRows, rows * RegisterTile.STRIDE, padded * RegisterTile.STRIDE, 0);
    }

    /** Copies part of B's columns so that each row of the panel follows the one before, with zeros to fill it. */
    private <T> void packPanel(Operand<T> operand, Matrix<T> b, int from, int depth, int left) {
        int columns = Math.min(tile.columns(), b.columns() - left);
        if (columns < tile.columns()) {
            Arrays.fill(panel, 0);
        }
        for (int p = 0; p < depth; p++) {
            operand.widen(b.data(), b.row(from + p) + left, panel, p * tile.columns(), columns);
        }
    }

    private <R> void multiplyPanel(
            int depth, Sink<R> sink, Matrix<R> c, int top, int rows, int left, boolean firstBlock) {
        int columns = Math.min(tile.columns(), c.columns() - left);
        for (int i = 0; i < rows; i += RegisterTile.ROWS) {
            tile.multiply(packedRows, i * RegisterTile.STRIDE, panel, depth, results);
            int tileRows = Math.min(RegisterTile.ROWS, rows - i);
            for (int r = 0; r < tileRows; r++) {
                int to = c.row(top + i + r) + left;
                if (firstBlock) {
                    sink.store(results, r * tile.columns(), c.data(), to, columns);
                } else {
                    sink.add(results, r * tile.columns(), c.data(), to, columns);
                }
            }
        }
    }
}

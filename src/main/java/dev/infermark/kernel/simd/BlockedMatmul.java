package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.RegisterTile.Update;
import java.util.Arrays;

/**
 * C = A·B in blocks that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A block of rows of A is packed so that it stays in the second-level cache; panels of columns of B are packed as
 * the first block of rows comes to them, and stay for the blocks that follow. It owns its buffers: one thread uses it
 * at a time.
 */
final class BlockedMatmul {
    private static final int ROW_BLOCK = 128;
    private static final int COLUMN_BLOCK = 2048;

    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] packedRows = new float[0];
    private float[] packedPanels = new float[0];

    /** Columns that a part should have a multiple of. */
    static int columnUnit() {
        return RegisterTile.ofHost().columns();
    }

    /** Computes a part of a product. */
    void multiply(Product<?> product, Part part) {
        int rowBlock = Product.balanced(part.rows(), ROW_BLOCK, 2);
        int columnBlock = Product.balanced(part.columns(), COLUMN_BLOCK, tile.columns());
        reserve(product.blockDepth(), rowBlock, keepsPanels(part, rowBlock) ? columnBlock : tile.columns());
        int end = part.left() + part.columns();
        for (int index = part.firstProduct(); index < part.firstProduct() + part.products(); index++) {
            for (int left = part.left(); left < end; left += columnBlock) {
                for (int from = 0; from < product.depth(); from += product.blockDepth()) {
                    multiplyBlock(product, index, part, rowBlock, left, Math.min(columnBlock, end - left), from);
                }
            }
        }
    }

    /** A single block of rows needs each panel once: they all take the same place, which stays in the cache. */
    private static boolean keepsPanels(Part part, int rowBlock) {
        return rowBlock < part.rows();
    }

    private void reserve(int depth, int rows, int columns) {
        int forRows = (rows + RegisterTile.ROWS) * RegisterTile.STRIDE;
        if (packedRows.length < forRows) {
            packedRows = new float[forRows];
        }
        if (packedPanels.length < depth * columns) {
            packedPanels = new float[depth * columns];
        }
    }

    /** Multiplies all rows of the part with a block of columns, along one block of k. */
    private void multiplyBlock(
            Product<?> product, int index, Part part, int rowBlock, int left, int columns, int from) {
        int depth = Math.min(product.blockDepth(), product.depth() - from);
        int end = part.top() + part.rows();
        int panelDepth = keepsPanels(part, rowBlock) ? depth : 0;
        for (int top = part.top(); top < end; top += rowBlock) {
            int rows = Math.min(rowBlock, end - top);
            packRows(product, index, top, rows, from, depth);
            for (int panel = 0; panel < columns; panel += tile.columns()) {
                int width = Math.min(tile.columns(), columns - panel);
                if (top == part.top()) {
                    packPanel(product, index, from, depth, left + panel, width, panel * panelDepth);
                }
                multiplyPanel(product, index, top, rows, left + panel, width, from, depth, panel * panelDepth);
            }
        }
    }

    private void packRows(Product<?> product, int index, int top, int rows, int from, int depth) {
        int stride = RegisterTile.STRIDE;
        product.a().read(index * product.batch().aStride(), top, rows, from, depth, packedRows, 0, stride, staging);
        Arrays.fill(packedRows, rows * stride, (rows + RegisterTile.FEWER_ROWS - 1) * stride, 0);
    }

    private void packPanel(Product<?> product, int index, int from, int depth, int left, int width, int offset) {
        if (width < tile.columns()) {
            Arrays.fill(packedPanels, offset, offset + depth * tile.columns(), 0);
        }
        product.b()
                .read(
                        index * product.batch().bStride(),
                        from,
                        depth,
                        left,
                        width,
                        packedPanels,
                        offset,
                        tile.columns(),
                        staging);
    }

    private void multiplyPanel(
            Product<?> product, int index, int top, int rows, int left, int width, int from, int depth, int panel) {
        Matrix<?> c = product.c();
        int row = 0;
        while (row < rows) {
            int tileRows = RegisterTile.nextRows(rows - row);
            int kept = Math.min(tileRows, rows - row);
            int to = index * product.batch().cStride() + c.row(top + row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int rowsOffset = row * RegisterTile.STRIDE + step;
                int panelOffset = panel + step * tile.columns();
                Update update = from + step == 0 ? Update.STORE : Update.ADD;
                if (c.data() instanceof float[] sums && kept == tileRows && width == tile.columns()) {
                    multiplyTile(
                            tileRows, rowsOffset, panelOffset, tileDepth, update, sums, to, c.leadingDimension());
                } else {
                    multiplyTile(
                            tileRows, rowsOffset, panelOffset, tileDepth, Update.STORE, results, 0, tile.columns());
                    Sink.put(results, tile.columns(), kept, width, update, c, to);
                }
            }
            row += tileRows;
        }
    }

    private void multiplyTile(
            int tileRows, int rowsOffset, int panelOffset, int depth, Update update, float[] to, int at, int stride) {
        if (tileRows == RegisterTile.ROWS) {
            tile.multiplySix(packedRows, rowsOffset, packedPanels, panelOffset, depth, update, to, at, stride);
        } else {
            tile.multiplyFour(packedRows, rowsOffset, packedPanels, panelOffset, depth, update, to, at, stride);
        }
    }
}

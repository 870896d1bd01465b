package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.RegisterTile.Update;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A panel of columns of B is packed to stay in the second-level cache while all rows of A, packed before, pass by:
 * a tile takes ten times as much from the panel as from its rows, which may come from further away. It owns its
 * buffers: one thread uses it at a time.
 */
final class BlockedMatmul {
    /** Rows that are packed at once, so that the buffer stays small: 8 MiB. */
    private static final int ROW_BLOCK = 2048;

    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] packedRows = new float[0];
    private float[] packedPanel = new float[0];

    /** Columns that a part should have a multiple of. */
    static int columnUnit() {
        return RegisterTile.ofHost().columns();
    }

    /** Computes a part of a product. */
    void multiply(Product<?> product, Part part) {
        int rowBlock = Product.balanced(part.rows(), ROW_BLOCK, 2);
        reserve(product.blockDepth(), rowBlock);
        int end = part.top() + part.rows();
        for (int index = part.firstProduct(); index < part.firstProduct() + part.products(); index++) {
            for (int top = part.top(); top < end; top += rowBlock) {
                for (int from = 0; from < product.depth(); from += product.blockDepth()) {
                    multiplyBlock(product, index, part, top, Math.min(rowBlock, end - top), from);
                }
            }
        }
    }

    private void reserve(int depth, int rows) {
        int forRows = (rows + RegisterTile.ROWS) * RegisterTile.STRIDE;
        if (packedRows.length < forRows) {
            packedRows = new float[forRows];
        }
        if (packedPanel.length < depth * tile.columns()) {
            packedPanel = new float[depth * tile.columns()];
        }
    }

    /** Multiplies some rows of the part with all its columns, along one block of k. */
    private void multiplyBlock(Product<?> product, int index, Part part, int top, int rows, int from) {
        int depth = Math.min(product.blockDepth(), product.depth() - from);
        int end = part.left() + part.columns();
        packRows(product, index, top, rows, from, depth);
        for (int left = part.left(); left < end; left += tile.columns()) {
            int width = Math.min(tile.columns(), end - left);
            packPanel(product, index, from, depth, left, width);
            multiplyPanel(product, index, top, rows, left, width, from, depth);
        }
    }

    private void packRows(Product<?> product, int index, int top, int rows, int from, int depth) {
        int stride = RegisterTile.STRIDE;
        product.a().read(index * product.batch().aStride(), top, rows, from, depth, packedRows, 0, stride, staging);
        Arrays.fill(packedRows, rows * stride, (rows + RegisterTile.FEWER_ROWS - 1) * stride, 0);
    }

    private void packPanel(Product<?> product, int index, int from, int depth, int left, int width) {
        if (width < tile.columns()) {
            Arrays.fill(packedPanel, 0, depth * tile.columns(), 0);
        }
        product.b()
                .read(
                        index * product.batch().bStride(),
                        from,
                        depth,
                        left,
                        width,
                        packedPanel,
                        0,
                        tile.columns(),
                        staging);
    }

    private void multiplyPanel(
            Product<?> product, int index, int top, int rows, int left, int width, int from, int depth) {
        Matrix<?> c = product.c();
        int row = 0;
        while (row < rows) {
            int tileRows = RegisterTile.nextRows(rows - row);
            int kept = Math.min(tileRows, rows - row);
            int to = index * product.batch().cStride() + c.row(top + row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int rowsOffset = row * RegisterTile.STRIDE + step;
                int panelOffset = step * tile.columns();
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
            tile.multiplySix(packedRows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        } else {
            tile.multiplyFour(packedRows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        }
    }
}

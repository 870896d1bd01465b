package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.TileRows.Part;
import dev.infermark.kernel.simd.UnitQueue.Range;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A panel of columns of B is packed to stay in the second-level cache while all rows of A pass by: a tile takes
 * several times as much from the panel as from its rows, which may come from further away.
 */
final class BlockedMatmul {
    private final RegisterTile tile = RegisterTile.ofHost();
    private final TileRows rows = new TileRows();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] packedPanel = new float[0];

    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, MatmulGrid grid, UnitQueue queue) {
        rows.reset();
        if (packedPanel.length < product.blockDepth() * tile.columns()) {
            packedPanel = new float[product.blockDepth() * tile.columns()];
        }
        for (Range range = queue.take(); !range.isEmpty(); range = queue.take()) {
            multiply(product, grid, range.from(), range.to());
        }
    }

    private void multiply(Product<?> product, MatmulGrid grid, int firstUnit, int endOfUnits) {
        int unit = firstUnit;
        while (unit < endOfUnits) {
            int end = Math.min(endOfUnits, grid.endOfPanel(unit));
            int first = grid.firstRow(unit);
            int last = grid.endOfRows(end - 1);
            for (int step = 0; first < last && step < product.depth(); step += grid.packedDepth()) {
                Part part = new Part(grid.product(unit), step, first, last);
                // The panels that follow need the other rows of the block too.
                Part block = new Part(part.product(), step, grid.firstRowOfBlock(unit), grid.endOfBlock(unit));
                rows.move(product, grid, part, end < endOfUnits ? block : part);
                multiplyPanel(product, part, Math.min(product.depth(), step + grid.packedDepth()), grid.left(unit));
            }
            unit = end;
        }
    }

    /** Multiplies a part of A with a panel, block by block along k. */
    private void multiplyPanel(Product<?> product, Part part, int endOfSteps, int left) {
        int width = Math.min(tile.columns(), product.c().columns() - left);
        for (int from = part.step(); from < endOfSteps; from += product.blockDepth()) {
            int depth = Math.min(product.blockDepth(), endOfSteps - from);
            packPanel(product, part.product(), from, depth, left, width);
            multiplyBlock(product, part, left, width, from, depth);
        }
    }

    private void packPanel(Product<?> product, int index, int from, int depth, int left, int width) {
        if (width < tile.columns()) {
            Arrays.fill(packedPanel, 0, depth * tile.columns(), 0);
        }
        int shift = index * product.batch().bStride();
        product.b().read(shift, from, depth, left, width, packedPanel, 0, tile.columns(), staging);
    }

    private void multiplyBlock(Product<?> product, Part part, int left, int width, int from, int depth) {
        Matrix<?> c = product.c();
        int row = part.first();
        while (row < part.end()) {
            int tileRows = RegisterTile.nextRows(part.end() - row);
            int kept = Math.min(tileRows, part.end() - row);
            int to = part.product() * product.batch().cStride() + c.row(row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int tileOffset = rows.offset(row, from) + step;
                int panelOffset = step * tile.columns();
                Update update = from + step == 0 ? Update.STORE : Update.ADD;
                if (c.data() instanceof float[] sums && kept == tileRows && width == tile.columns()) {
                    multiplyTile(
                            tileRows, tileOffset, panelOffset, tileDepth, update, sums, to, c.leadingDimension());
                } else {
                    multiplyTile(
                            tileRows, tileOffset, panelOffset, tileDepth, Update.STORE, results, 0, tile.columns());
                    Sink.put(results, tile.columns(), kept, width, update, c, to);
                }
            }
            row += tileRows;
        }
    }

    private void multiplyTile(
            int tileRows, int rowsOffset, int panelOffset, int depth, Update update, float[] to, int at, int stride) {
        if (tileRows == RegisterTile.ROWS) {
            tile.multiplySix(rows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        } else {
            tile.multiplyFour(rows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
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
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private final TileRows rows = new TileRows(staging);
    private float[] packedPanel = new float[0];

    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, MatmulGrid grid, UnitQueue queue) {
        if (packedPanel.length < product.blockDepth() * tile.columns()) {
            packedPanel = new float[product.blockDepth() * tile.columns()];
        }
        try {
            for (Range range = queue.take(); !range.isEmpty(); range = queue.take()) {
                multiply(product, grid, range.from(), range.to());
            }
        } finally {
            rows.reset();
        }
    }

    private void multiply(Product<?> product, MatmulGrid grid, int firstUnit, int endOfUnits) {
        int unit = firstUnit;
        while (unit < endOfUnits) {
            int end = Math.min(endOfUnits, grid.endOfPanel(unit));
            if (grid.firstRow(unit) < grid.endOfRows(end - 1)) {
                for (int step = 0; step < product.depth(); step += grid.packedDepth()) {
                    // The panels that follow need the other rows of the block too.
                    rows.move(product, grid, step, unit, end, end < endOfUnits);
                    multiplyPanel(product, grid, step, unit, end);
                }
            }
            unit = end;
        }
    }

    /** Multiplies the rows of units with their panel, block by block along k. */
    private void multiplyPanel(Product<?> product, MatmulGrid grid, int step, int unit, int endOfUnits) {
        int left = grid.left(unit);
        int width = Math.min(tile.columns(), product.c().columns() - left);
        int index = grid.product(unit);
        int first = grid.firstRow(unit);
        int end = grid.endOfRows(endOfUnits - 1);
        int last = Math.min(product.depth(), step + grid.packedDepth());
        for (int from = step; from < last; from += product.blockDepth()) {
            int depth = Math.min(product.blockDepth(), last - from);
            packPanel(product, index, from, depth, left, width);
            multiplyBlock(product, index, first, end, left, width, from, depth);
        }
    }

    private void packPanel(Product<?> product, int index, int from, int depth, int left, int width) {
        if (width < tile.columns()) {
            // Anything would do, but subnormal numbers are slow on some hosts.
            Arrays.fill(packedPanel, 0, depth * tile.columns(), 0);
        }
        int shift = index * product.batch().bStride();
        product.b().read(shift, from, depth, left, width, packedPanel, 0, tile.columns(), staging);
    }

    private void multiplyBlock(
            Product<?> product, int index, int first, int end, int left, int width, int from, int depth) {
        Matrix<?> c = product.c();
        int row = first;
        while (row < end) {
            int tileRows = RegisterTile.nextRows(end - row);
            int kept = Math.min(tileRows, end - row);
            int to = index * product.batch().cStride() + c.row(row) + left;
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

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.MatmulGrid.Rows;
import dev.infermark.kernel.simd.RegisterTile.Update;
import dev.infermark.kernel.simd.UnitQueue.Range;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A panel of columns of B is packed to stay in the second-level cache while all rows of A, packed before, pass by:
 * a tile takes ten times as much from the panel as from its rows, which may come from further away.
 */
final class BlockedMatmul implements ProductWorker {
    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] packedRows = new float[0];
    private float[] packedPanel = new float[0];
    private Rows packed = Rows.NONE;

    @Override
    public void multiply(Product<?> product, UnitQueue queue) {
        MatmulGrid grid = MatmulGrid.of(product);
        reserve(grid.packedLength(), product.blockDepth() * tile.columns());
        packed = Rows.NONE;
        for (Range range = queue.take(); !range.isEmpty(); range = queue.take()) {
            multiply(product, grid, range);
        }
    }

    private void reserve(int forRows, int forPanel) {
        if (packedRows.length < forRows) {
            packedRows = new float[forRows];
        }
        if (packedPanel.length < forPanel) {
            packedPanel = new float[forPanel];
        }
    }

    private void multiply(Product<?> product, MatmulGrid grid, Range range) {
        int unit = range.from();
        while (unit < range.to()) {
            int end = Math.min(range.to(), grid.endOfPanel(unit));
            for (int step = 0; step < product.depth(); step += grid.packedDepth()) {
                Rows rows = grid.rows(unit, end, step);
                if (!packed.contains(rows)) {
                    // The panels that follow need the other rows of the block too.
                    packed = end < range.to() ? grid.block(unit, step) : rows;
                    packRows(product, grid);
                }
                if (rows.count() > 0) {
                    multiplyPanel(product, grid, rows, grid.left(unit));
                }
            }
            unit = end;
        }
    }

    private void packRows(Product<?> product, MatmulGrid grid) {
        int shift = packed.product() * product.batch().aStride();
        int count = packed.count();
        int last = Math.min(product.depth(), packed.step() + grid.packedDepth());
        for (int from = packed.step(); from < last; from += grid.slabDepth()) {
            int depth = Math.min(grid.slabDepth(), last - from);
            int to = grid.packedStep(from);
            product.a().read(shift, packed.first(), count, from, depth, packedRows, to, RegisterTile.STRIDE, staging);
            int end = to + count * RegisterTile.STRIDE;
            Arrays.fill(packedRows, end, end + (RegisterTile.FEWER_ROWS - 1) * RegisterTile.STRIDE, 0);
        }
    }

    /** Multiplies packed rows with a panel, block by block along k. */
    private void multiplyPanel(Product<?> product, MatmulGrid grid, Rows rows, int left) {
        int width = Math.min(tile.columns(), product.c().columns() - left);
        int skipped = (rows.first() - packed.first()) * RegisterTile.STRIDE;
        int last = Math.min(product.depth(), rows.step() + grid.packedDepth());
        for (int from = rows.step(); from < last; from += product.blockDepth()) {
            int depth = Math.min(product.blockDepth(), last - from);
            packPanel(product, rows.product(), from, depth, left, width);
            multiplyBlock(product, rows, grid.packedStep(from) + skipped, left, width, from, depth);
        }
    }

    private void packPanel(Product<?> product, int index, int from, int depth, int left, int width) {
        if (width < tile.columns()) {
            Arrays.fill(packedPanel, 0, depth * tile.columns(), 0);
        }
        int shift = index * product.batch().bStride();
        product.b().read(shift, from, depth, left, width, packedPanel, 0, tile.columns(), staging);
    }

    private void multiplyBlock(
            Product<?> product, Rows rows, int rowsOffset, int left, int width, int from, int depth) {
        Matrix<?> c = product.c();
        int row = 0;
        while (row < rows.count()) {
            int tileRows = RegisterTile.nextRows(rows.count() - row);
            int kept = Math.min(tileRows, rows.count() - row);
            int to = rows.product() * product.batch().cStride() + c.row(rows.first() + row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int tileOffset = rowsOffset + row * RegisterTile.STRIDE + step;
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
            tile.multiplySix(packedRows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        } else {
            tile.multiplyFour(packedRows, rowsOffset, packedPanel, panelOffset, depth, update, to, at, stride);
        }
    }
}

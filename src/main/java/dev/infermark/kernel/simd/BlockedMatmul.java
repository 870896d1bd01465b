package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.RegisterTile.Update;
import dev.infermark.kernel.simd.UnitQueue.Range;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A panel of columns of B is packed to stay in the second-level cache while all rows of A, packed before, pass by:
 * a tile takes several times as much from the panel as from its rows, which may come from further away.
 */
final class BlockedMatmul {
    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] packedRows = new float[0];
    private float[] packedPanel = new float[0];
    private PackedRows packed = PackedRows.NONE;

    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, MatmulGrid grid, UnitQueue queue) {
        packed = PackedRows.NONE;
        for (Range range = queue.take(); !range.isEmpty(); range = queue.take()) {
            reserve(grid.packedLength(), product.blockDepth() * tile.columns());
            multiply(product, grid, range.from(), range.to());
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

    private void multiply(Product<?> product, MatmulGrid grid, int firstUnit, int endOfUnits) {
        int unit = firstUnit;
        while (unit < endOfUnits) {
            int end = Math.min(endOfUnits, grid.endOfPanel(unit));
            int first = grid.firstRow(unit);
            int last = grid.endOfRows(end - 1);
            for (int step = 0; step < product.depth(); step += grid.packedDepth()) {
                if (!packed.contain(grid.product(unit), step, first, last)) {
                    // The panels that follow need the other rows of the block too.
                    boolean whole = end < endOfUnits;
                    packed = new PackedRows(
                            grid.product(unit),
                            step,
                            whole ? grid.firstRowOfBlock(unit) : first,
                            whole ? grid.endOfBlock(unit) : last);
                    packRows(product, grid);
                }
                if (first < last) {
                    multiplyPanel(product, grid, first, last, grid.left(unit));
                }
            }
            unit = end;
        }
    }

    private void packRows(Product<?> product, MatmulGrid grid) {
        int shift = packed.product() * product.batch().aStride();
        int count = packed.end() - packed.first();
        int last = Math.min(product.depth(), packed.step() + grid.packedDepth());
        for (int from = packed.step(); from < last; from += grid.slabDepth()) {
            int depth = Math.min(grid.slabDepth(), last - from);
            int to = grid.packedStep(from);
            product.a().read(shift, packed.first(), count, from, depth, packedRows, to, RegisterTile.STRIDE, staging);
            int end = to + count * RegisterTile.STRIDE;
            Arrays.fill(packedRows, end, end + (RegisterTile.FEWER_ROWS - 1) * RegisterTile.STRIDE, 0);
        }
    }

    /** Multiplies some of the packed rows with a panel, block by block along k. */
    private void multiplyPanel(Product<?> product, MatmulGrid grid, int first, int end, int left) {
        int width = Math.min(tile.columns(), product.c().columns() - left);
        int skipped = (first - packed.first()) * RegisterTile.STRIDE;
        int last = Math.min(product.depth(), packed.step() + grid.packedDepth());
        for (int from = packed.step(); from < last; from += product.blockDepth()) {
            int depth = Math.min(product.blockDepth(), last - from);
            packPanel(product, from, depth, left, width);
            multiplyBlock(product, grid.packedStep(from) + skipped, first, end, left, width, from, depth);
        }
    }

    private void packPanel(Product<?> product, int from, int depth, int left, int width) {
        if (width < tile.columns()) {
            Arrays.fill(packedPanel, 0, depth * tile.columns(), 0);
        }
        int shift = packed.product() * product.batch().bStride();
        product.b().read(shift, from, depth, left, width, packedPanel, 0, tile.columns(), staging);
    }

    private void multiplyBlock(
            Product<?> product, int rowsOffset, int first, int end, int left, int width, int from, int depth) {
        Matrix<?> c = product.c();
        int row = first;
        while (row < end) {
            int tileRows = RegisterTile.nextRows(end - row);
            int kept = Math.min(tileRows, end - row);
            int to = packed.product() * product.batch().cStride() + c.row(row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int tileOffset = rowsOffset + (row - first) * RegisterTile.STRIDE + step;
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

    /**
     * The rows of A that are packed, from some step along k.
     *
     * @param product the number of their product in the batch
     * @param step the first along k
     * @param first the first of them
     * @param end the row after the last
     */
    private record PackedRows(int product, int step, int first, int end) {
        static final PackedRows NONE = new PackedRows(-1, 0, 0, 0);

        boolean contain(int ofProduct, int fromStep, int from, int to) {
            return product == ofProduct && step == fromStep && first <= from && to <= end;
        }
    }
}

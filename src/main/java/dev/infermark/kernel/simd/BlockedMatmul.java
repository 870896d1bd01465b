package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.UnitQueue.Range;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A panel of columns of B is packed to stay in the second-level cache while all rows of A pass by: a tile takes
 * several times as much from the panel as from its rows, which may come from further away. A few panels are packed at
 * once.
 */
final class BlockedMatmul {
    /** Steps along k that are packed for one panel after the other, while what lies next to them is on its way. */
    private static final int CHUNK = 16;

    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private final TileRows rows = new TileRows(staging);
    private AlignedFloats packedPanels = new AlignedFloats(0);

    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, MatmulGrid grid, UnitQueue queue) {
        int length = grid.panelsOfGroup() * product.blockDepth() * tile.columns();
        if (packedPanels.length() < length) {
            packedPanels = new AlignedFloats(length);
        }
        packedPanels.align();
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
            int end = grid.endOfGroup(unit, endOfUnits);
            if (grid.firstRow(unit) < grid.endOfRows(end - 1)) {
                for (int step = 0; step < product.depth(); step += grid.packedDepth()) {
                    // The panels that follow need the other rows of the block too.
                    rows.move(product, grid, step, unit, end, end < endOfUnits);
                    multiplyPanels(product, grid, step, unit, end);
                }
            }
            unit = end;
        }
    }

    /** Multiplies the rows of units with their panels, block by block along k. */
    private void multiplyPanels(Product<?> product, MatmulGrid grid, int step, int unit, int endOfUnits) {
        int left = grid.left(unit);
        int right = Math.min(grid.left(endOfUnits - 1) + tile.columns(), product.c().columns());
        int index = grid.product(unit);
        int first = grid.firstRow(unit);
        int end = grid.endOfRows(endOfUnits - 1);
        int last = Math.min(product.depth(), step + grid.packedDepth());
        for (int from = step; from < last; from += product.blockDepth()) {
            int depth = Math.min(product.blockDepth(), last - from);
            packPanels(product, index, from, depth, left, right);
            for (int j = left; j < right; j += tile.columns()) {
                int width = Math.min(tile.columns(), right - j);
                multiplyBlock(product, index, first, end, j, width, from, depth, panelStart(j - left, depth));
            }
        }
    }

    /** Where the panel starts that begins so many columns after the first. */
    private int panelStart(int columns, int depth) {
        return packedPanels.start() + columns * depth;
    }

    private void packPanels(Product<?> product, int index, int from, int depth, int left, int right) {
        float[] to = packedPanels.array();
        int excess = (right - left) % tile.columns();
        if (excess > 0) {
            // Anything would do, but subnormal numbers are slow on some hosts.
            int last = panelStart(right - left - excess, depth);
            Arrays.fill(to, last, last + depth * tile.columns(), 0);
        }
        int shift = index * product.batch().bStride();
        int chunk =
                switch (product.b().transposition()) {
                    case NONE -> CHUNK;
                    case TRANSPOSED -> depth;
                };
        for (int p = 0; p < depth; p += chunk) {
            int steps = Math.min(chunk, depth - p);
            for (int j = left; j < right; j += tile.columns()) {
                int width = Math.min(tile.columns(), right - j);
                int at = panelStart(j - left, depth) + p * tile.columns();
                product.b().read(shift, from + p, steps, j, width, to, at, tile.columns(), staging);
            }
        }
    }

    private void multiplyBlock(
            Product<?> product,
            int index,
            int first,
            int end,
            int left,
            int width,
            int from,
            int depth,
            int panelStart) {
        Matrix<?> c = product.c();
        int row = first;
        while (row < end) {
            int tileRows = RegisterTile.nextRows(end - row);
            int kept = Math.min(tileRows, end - row);
            int to = index * product.batch().cStride() + c.row(row) + left;
            for (int step = 0; step < depth; step += product.tileDepth()) {
                int tileDepth = Math.min(product.tileDepth(), depth - step);
                int tileOffset = rows.offset(row, from) + step;
                int panelOffset = panelStart + step * tile.columns();
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
        float[] panel = packedPanels.array();
        if (tileRows == RegisterTile.ROWS) {
            tile.multiplySix(rows, rowsOffset, panel, panelOffset, depth, update, to, at, stride);
        } else {
            tile.multiplyFour(rows, rowsOffset, panel, panelOffset, depth, update, to, at, stride);
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import java.util.Arrays;

/**
 * C = A·B by panels of columns that stay in cache, after Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, 2008.
 *
 * <p>A group of panels of columns of B is packed to stay in the second-level cache while all rows of A pass by, those
 * of a tile through all of its panels: these rows stay in the first-level cache.
 */
final class BlockedMatmul {
    /** Steps along k that are packed for one panel after the other, while what lies next to them is on its way. */
    private static final int CHUNK = 8;

    private final RegisterTile tile = RegisterTile.ofHost();
    private final float[] results = new float[RegisterTile.ROWS * tile.columns()];
    private final float[] staging = new float[OperandReader.STAGING];
    private final TileRows rows = new TileRows(staging);
    private AlignedFloats packedPanels = new AlignedFloats(0);

    /** Takes units of the matmul and computes them until none is left. */
    void multiply(Matmul<?> matmul, MatmulGrid grid, UnitQueue queue) {
        int length = grid.groupPanels() * matmul.blockDepth() * tile.columns();
        if (packedPanels.length() < length) {
            packedPanels = new AlignedFloats(length);
        }
        packedPanels.align();
        try {
            for (int unit = queue.take(); unit < queue.end(unit); unit = queue.take()) {
                multiply(matmul, grid, unit, queue.end(unit));
            }
        } finally {
            rows.reset();
        }
    }

    private void multiply(Matmul<?> matmul, MatmulGrid grid, int firstUnit, int endOfUnits) {
        int unit = firstUnit;
        while (unit < endOfUnits) {
            int end = grid.endOfGroup(unit, endOfUnits);
            if (grid.firstRow(unit) < grid.endOfRows(end - 1)) {
                for (int step = 0; step < matmul.depth(); step += grid.packedDepth()) {
                    // The panels that follow need the other rows of the block too.
                    rows.move(matmul, grid, step, unit, end, end < endOfUnits);
                    multiplyPanels(matmul, grid, step, unit, end);
                }
            }
            unit = end;
        }
    }

    /** Multiplies the rows of units with their panels, block by block along k. */
    private void multiplyPanels(Matmul<?> matmul, MatmulGrid grid, int step, int unit, int endOfUnits) {
        int left = grid.left(unit);
        int right = Math.min(grid.left(endOfUnits - 1) + tile.columns(), matmul.c().columns());
        int index = grid.matmul(unit);
        int first = grid.firstRow(unit);
        int end = grid.endOfRows(endOfUnits - 1);
        int last = Math.min(matmul.depth(), step + grid.packedDepth());
        for (int from = step; from < last; from += matmul.blockDepth()) {
            int depth = Math.min(matmul.blockDepth(), last - from);
            packPanels(matmul, index, from, depth, left, right);
            multiplyBlock(matmul, index, first, end, left, right, from, depth);
        }
    }

    /** Where the panel starts that begins so many columns after the first. */
    private int panelStart(int columns, int depth) {
        return packedPanels.start() + columns * depth;
    }

    private void packPanels(Matmul<?> matmul, int index, int from, int depth, int left, int right) {
        float[] to = packedPanels.array();
        int excess = (right - left) % tile.columns();
        if (excess > 0) {
            // Anything would do, but subnormal numbers are slow on some hosts.
            int last = panelStart(right - left - excess, depth);
            Arrays.fill(to, last, last + depth * tile.columns(), 0);
        }
        int shift = index * matmul.batch().bStride();
        int chunk =
                switch (matmul.b().transposition()) {
                    case NONE -> CHUNK;
                    case TRANSPOSED -> depth;
                };
        for (int p = 0; p < depth; p += chunk) {
            int steps = Math.min(chunk, depth - p);
            for (int j = left; j < right; j += tile.columns()) {
                int width = Math.min(tile.columns(), right - j);
                int at = panelStart(j - left, depth) + p * tile.columns();
                matmul.b().read(shift, from + p, steps, j, width, to, at, tile.columns(), staging);
            }
        }
    }

    private void multiplyBlock(
            Matmul<?> matmul, int index, int first, int end, int left, int right, int from, int depth) {
        Matrix<?> c = matmul.c();
        int row = first;
        while (row < end) {
            int tileRows = RegisterTile.nextRows(end - row);
            int kept = Math.min(tileRows, end - row);
            int rowsStart = rows.offset(row, from);
            int to = index * matmul.batch().cStride() + c.row(row);
            for (int j = left; j < right; j += tile.columns()) {
                int width = Math.min(tile.columns(), right - j);
                int panel = panelStart(j - left, depth);
                multiplyRows(matmul, tileRows, rowsStart, kept, panel, width, from, depth, to + j);
            }
            row += tileRows;
        }
    }

    private void multiplyRows(
            Matmul<?> matmul,
            int tileRows,
            int rowsStart,
            int kept,
            int panelStart,
            int width,
            int from,
            int depth,
            int to) {
        Matrix<?> c = matmul.c();
        for (int step = 0; step < depth; step += matmul.tileDepth()) {
            int tileDepth = Math.min(matmul.tileDepth(), depth - step);
            int tileStart = rowsStart + step;
            int slabStart = panelStart + step * tile.columns();
            Update update = from + step == 0 ? Update.STORE : Update.ADD;
            if (c.data() instanceof float[] sums && kept == tileRows && width == tile.columns()) {
                multiplyTile(tileRows, tileStart, slabStart, tileDepth, update, sums, to, c.leadingDimension());
            } else {
                multiplyTile(tileRows, tileStart, slabStart, tileDepth, Update.STORE, results, 0, tile.columns());
                Sink.put(results, tile.columns(), kept, width, update, c, to);
            }
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

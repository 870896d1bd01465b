package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost product: a few rows of A times a panel of columns of B, with all sums in registers.
 *
 * <p>Packed rows of A lie {@code stride} apart, each contiguous along k. A packed panel of B has {@link #columns}
 * contiguous values for each step along k. Both are padded with zeros to the size of the tile.
 */
interface RegisterTile {
    /** Rows of the larger tile. */
    int ROWS = 6;

    /** Rows of the smaller tile: with both, 4 rows or more are covered with at most one of padding. */
    int FEWER_ROWS = 4;

    /** Distance that rows packed for a depth should have: the extra line keeps them out of each other's cache sets. */
    static int stride(int depth) {
        return depth + 16;
    }

    /** Rows of the next tile where {@code left} are left to do, for the least padding. */
    static int nextRows(int left) {
        boolean fewer = left <= FEWER_ROWS || left == 2 * FEWER_ROWS - 1 || left == 2 * FEWER_ROWS;
        return fewer ? FEWER_ROWS : ROWS;
    }

    /** The tile that fits the host's registers: 32 of 512 bits, or 16 narrower ones. */
    static RegisterTile ofHost() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512 ? new WideTile() : new NarrowTile();
    }

    /** Columns of a panel. */
    int columns();

    /**
     * Stores the tile's products in {@code results}, or adds them. Each is summed in the order of k, by fused
     * multiply-adds that start from +0.
     *
     * @param tileRows {@link #ROWS} or {@link #FEWER_ROWS}
     * @param rows packed rows of A
     * @param rowsOffset where the first row starts
     * @param stride distance of the rows, at least {@code depth}
     * @param panel a packed panel of B
     * @param panelOffset where the panel starts
     * @param depth steps along k, at least 1
     * @param update whether to store or to add
     * @param results {@code tileRows} rows of {@link #columns}
     * @param resultsOffset where the first row of results starts
     * @param resultsStride distance of the rows of results
     */
    void multiply(
            int tileRows,
            float[] rows,
            int rowsOffset,
            int stride,
            float[] panel,
            int panelOffset,
            int depth,
            Update update,
            float[] results,
            int resultsOffset,
            int resultsStride);

    /** What becomes of the results before. */
    enum Update {
        /** They are overwritten. */
        STORE,
        /** The products are added to them. */
        ADD
    }
}

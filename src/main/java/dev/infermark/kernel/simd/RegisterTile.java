package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost matmul: a few rows of A times a panel of columns of B, with all sums in registers.
 *
 * <p>Each row of A is contiguous along k; packed ones lie {@link #STRIDE} apart. A packed panel of B has
 * {@link #columns} contiguous values for each step along k. Where C ends within a tile, the rows and columns beyond
 * may hold anything.
 */
interface RegisterTile {
    /** Rows of the larger tile. */
    int ROWS = 6;

    /** Rows of the smaller tile: with both, 4 rows or more are covered with at most one of padding. */
    int FEWER_ROWS = 4;

    /** Most steps along k that lie next to each other in a packed row. */
    int DEPTH = 1024;

    /** Distance of packed rows; the extra line keeps them from falling into the same sets of the cache. */
    int STRIDE = DEPTH + 16;

    /** Rows of the next tile where {@code left} are left to do, for the least padding. */
    static int nextRows(int left) {
        boolean fewer = left <= FEWER_ROWS || left == 2 * FEWER_ROWS - 1 || left == 2 * FEWER_ROWS;
        return fewer ? FEWER_ROWS : ROWS;
    }

    /** Rows that the tiles of {@code rows} rows read: with those of padding below the last. */
    static int readRows(int rows) {
        return Math.max(FEWER_ROWS, rows + rows % 2);
    }

    /** The tile that fits the host's registers: 32 of 512 bits, or 16 narrower ones. */
    static RegisterTile ofHost() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512 ? new WideTile() : new NarrowTile();
    }

    /** Columns of a panel. */
    int columns();

    /**
     * Stores the products of {@value #ROWS} rows in {@code results}, or adds them. Each is summed in the order of k, by
     * fused multiply-adds that start from +0.
     *
     * @param rows of A
     * @param rowsOffset where the first row starts
     * @param panel a packed panel of B
     * @param panelOffset where the panel starts
     * @param depth steps along k, 1 to {@link #DEPTH}
     * @param update whether to store or to add
     * @param results rows of {@link #columns}
     * @param resultsOffset where the first row of results starts
     * @param resultsStride distance of the rows of results
     */
    void multiplySix(
            TileRows rows,
            int rowsOffset,
            float[] panel,
            int panelOffset,
            int depth,
            Update update,
            float[] results,
            int resultsOffset,
            int resultsStride);

    /** {@link #multiplySix} for {@value #FEWER_ROWS} rows. */
    void multiplyFour(
            TileRows rows,
            int rowsOffset,
            float[] panel,
            int panelOffset,
            int depth,
            Update update,
            float[] results,
            int resultsOffset,
            int resultsStride);
}

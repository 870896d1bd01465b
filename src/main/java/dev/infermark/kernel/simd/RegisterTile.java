package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/** The innermost product: a few rows of A times a panel of B, with all sums in registers. */
interface RegisterTile {
    /** Rows of A in one tile. */
    int ROWS = 6;

    /** Most columns of A in one call. */
    int DEPTH = 512;

    /** Distance of packed rows; the extra line keeps them from falling into the same sets of the cache. */
    int STRIDE = DEPTH + 16;

    /** The tile that fits the host's registers: 32 of 512 bits, or 16 narrower ones. */
    static RegisterTile ofHost() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512 ? new WideTile() : new NarrowTile();
    }

    /** Columns of a panel. */
    int columns();

    /**
     * Overwrites {@code results} with the tile's products.
     *
     * @param rows packed rows of A, {@link #STRIDE} apart
     * @param rowsOffset where the first row starts
     * @param panel packed columns of B, {@link #columns} in each of {@code depth} rows
     * @param depth columns of A, 1 to {@link #DEPTH}
     * @param results {@link #ROWS} rows of {@link #columns}
     */
    void multiply(float[] rows, int rowsOffset, float[] panel, int depth, float[] results);
}

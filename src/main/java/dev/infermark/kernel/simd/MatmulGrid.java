package dev.infermark.kernel.simd;

/**
 * How a matmul is cut into units of work: some rows of one panel of columns of C. They are numbered panel by panel,
 * through a block of rows small enough to be packed at once, block by block, and matmul by matmul of a batch. The
 * same goes where rows need not be packed.
 *
 * @param rows of C
 * @param columns of C
 * @param matmuls of the batch
 * @param groupPanels most panels packed at once
 * @param rowBlock rows packed at once, a multiple of a unit's
 * @param slabDepth steps along k that lie next to each other in a packed row
 * @param slabs of a block of rows packed at once, one after the other: along all of k unless it is very long
 */
record MatmulGrid(int rows, int columns, int matmuls, int groupPanels, int rowBlock, int slabDepth, int slabs) {
    private static final int UNIT_ROWS = 4 * RegisterTile.ROWS;
    private static final int PANEL_COLUMNS = RegisterTile.ofHost().columns();

    /** Elements of panels packed at once: they fill half of the cache, and rows of A and C pass through the rest. */
    private static final int GROUP = SecondLevelCache.BYTES / 2 / Float.BYTES;

    /** About how many elements of A are packed at once: 16 MiB. */
    private static final int PACKED = 1 << 22;

    private static final int MOST_SLABS = PACKED / (UNIT_ROWS * RegisterTile.STRIDE);

    static MatmulGrid of(Matmul<?> matmul) {
        int slabDepth = RegisterTile.DEPTH / matmul.blockDepth() * matmul.blockDepth();
        int slabs = Math.min(MOST_SLABS, Math.ceilDiv(matmul.depth(), slabDepth));
        int rows = matmul.c().rows();
        int rowBlock = Matmul.balanced(rows, PACKED / (slabs * RegisterTile.STRIDE), UNIT_ROWS);
        int columns = matmul.c().columns();
        int groupPanels = Math.clamp(GROUP / (matmul.blockDepth() * PANEL_COLUMNS), 1, panels(columns));
        return new MatmulGrid(rows, columns, matmul.batch().count(), groupPanels, rowBlock, slabDepth, slabs);
    }

    /** How many units there are. */
    int units() {
        return matmuls * rowBlocks() * panels() * unitsOfPanel();
    }

    private int rowBlocks() {
        return Math.ceilDiv(rows, rowBlock);
    }

    private int panels() {
        return panels(columns);
    }

    private static int panels(int columns) {
        return Math.ceilDiv(columns, PANEL_COLUMNS);
    }

    /** Units that share packed columns of B, and are numbered one after the other. */
    int unitsOfPanel() {
        return rowBlock / UNIT_ROWS;
    }

    /**
     * The first unit after those that share packed rows and panels with the first of a range: the rest of its panel, or
     * a group of whole panels.
     */
    int endOfGroup(int unit, int endOfUnits) {
        int panel = unit / unitsOfPanel();
        int endOfBlock = (panel / panels() + 1) * panels();
        int endOfWhole = Math.min(Math.min(panel + groupPanels, endOfBlock), endOfUnits / unitsOfPanel());
        boolean isWhole = unit % unitsOfPanel() == 0 && panel < endOfWhole;
        return isWhole ? endOfWhole * unitsOfPanel() : Math.min((panel + 1) * unitsOfPanel(), endOfUnits);
    }

    /** The first column of a unit. */
    int left(int unit) {
        return unit / unitsOfPanel() % panels() * PANEL_COLUMNS;
    }

    /** The number of a unit's matmul in the batch. */
    int matmul(int unit) {
        return block(unit) / rowBlocks();
    }

    private int block(int unit) {
        return unit / unitsOfPanel() / panels();
    }

    /** The first row of a unit. */
    int firstRow(int unit) {
        return Math.min(firstRowOfBlock(unit) + unit % unitsOfPanel() * UNIT_ROWS, endOfBlock(unit));
    }

    /** The row after a unit's last; its first row if it lies below the last row of C. */
    int endOfRows(int unit) {
        return Math.min(firstRow(unit) + UNIT_ROWS, endOfBlock(unit));
    }

    /** The first of the rows that are packed at once with a unit's. */
    int firstRowOfBlock(int unit) {
        return block(unit) % rowBlocks() * rowBlock;
    }

    /** The row after the last that is packed at once with a unit's. */
    int endOfBlock(int unit) {
        return Math.min(firstRowOfBlock(unit) + rowBlock, rows);
    }

    /** Steps along k that are packed at once. */
    int packedDepth() {
        return slabs * slabDepth;
    }

    /** Elements that packed rows take at most, with those that are read after each slab. */
    int packedLength() {
        return slabs * slabLength();
    }

    /** Elements from one slab to the next. */
    int slabLength() {
        return (rowBlock + RegisterTile.ROWS) * RegisterTile.STRIDE;
    }
}

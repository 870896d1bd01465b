package dev.infermark.kernel.simd;

/**
 * How a product is cut into units of work: some rows of one panel of columns of C. They are numbered panel by panel,
 * through a block of rows small enough to be packed at once, block by block, and product by product of a batch.
 *
 * @param rows of C
 * @param columns of C
 * @param products of the batch
 * @param rowBlock rows packed at once, a multiple of a unit's
 * @param slabDepth steps along k that lie next to each other in a packed row
 * @param slabs of a block of rows packed at once, one after the other: along all of k unless it is very long
 */
record MatmulGrid(int rows, int columns, int products, int rowBlock, int slabDepth, int slabs) {
    private static final int UNIT_ROWS = 4 * RegisterTile.ROWS;
    private static final int PANEL_COLUMNS = RegisterTile.ofHost().columns();

    /** About how many elements of A are packed at once: 16 MiB. */
    private static final int PACKED = 1 << 22;

    private static final int MOST_SLABS = PACKED / (UNIT_ROWS * RegisterTile.STRIDE);

    static MatmulGrid of(Product<?> product) {
        int slabDepth = RegisterTile.DEPTH / product.blockDepth() * product.blockDepth();
        int slabs = Math.min(MOST_SLABS, Math.ceilDiv(product.depth(), slabDepth));
        int rows = product.c().rows();
        int rowBlock = Product.balanced(rows, PACKED / (slabs * RegisterTile.STRIDE), UNIT_ROWS);
        return new MatmulGrid(rows, product.c().columns(), product.batch().count(), rowBlock, slabDepth, slabs);
    }

    /** How many units there are. */
    int units() {
        return products * rowBlocks() * panels() * unitsOfPanel();
    }

    private int rowBlocks() {
        return Math.ceilDiv(rows, rowBlock);
    }

    private int panels() {
        return Math.ceilDiv(columns, PANEL_COLUMNS);
    }

    private int unitsOfPanel() {
        return rowBlock / UNIT_ROWS;
    }

    /** The first unit of the next panel. */
    int endOfPanel(int unit) {
        return (unit / unitsOfPanel() + 1) * unitsOfPanel();
    }

    /** The first column of a unit. */
    int left(int unit) {
        return unit / unitsOfPanel() % panels() * PANEL_COLUMNS;
    }

    /** The rows of units of one panel, from a step along k; none of units below the last row. */
    Rows rows(int from, int to, int step) {
        Rows block = block(from, step);
        int skipped = Math.min(block.count, from % unitsOfPanel() * UNIT_ROWS);
        int count = Math.min(block.count - skipped, (to - from) * UNIT_ROWS);
        return new Rows(block.product, step, block.first + skipped, count);
    }

    /** All rows that are packed at once with those of a unit, from a step along k. */
    Rows block(int unit, int step) {
        int block = unit / unitsOfPanel() / panels();
        int first = block % rowBlocks() * rowBlock;
        return new Rows(block / rowBlocks(), step, first, Math.min(rowBlock, rows - first));
    }

    /** Steps along k that are packed at once. */
    int packedDepth() {
        return slabs * slabDepth;
    }

    /** Elements that packed rows take at most, with those for padding after each slab. */
    int packedLength() {
        return slabs * slabLength();
    }

    /** Where a step along k lies in the first packed row. */
    int packedStep(int step) {
        return step % packedDepth() / slabDepth * slabLength() + step % slabDepth;
    }

    private int slabLength() {
        return (rowBlock + RegisterTile.ROWS) * RegisterTile.STRIDE;
    }

    /**
     * Consecutive rows of A, from some step along k.
     *
     * @param product the number of their product in the batch
     * @param step the first along k
     * @param first the first of them
     * @param count how many
     */
    record Rows(int product, int step, int first, int count) {
        static final Rows NONE = new Rows(-1, 0, 0, 0);

        boolean contains(Rows other) {
            return product == other.product
                    && step == other.step
                    && first <= other.first
                    && other.first + other.count <= first + count;
        }
    }
}

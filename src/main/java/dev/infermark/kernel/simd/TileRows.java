package dev.infermark.kernel.simd;

import dev.infermark.kernel.Transposition;
import java.util.Optional;

/**
 * Rows of A as tiles read them: where they lie, if they are FP32 along k and their array reaches as far as tiles read
 * below the last of them; otherwise packed. What lies below does not matter, for nobody uses its products.
 */
final class TileRows {
    private static final int NONE = -1;

    private final float[] staging;
    private float[] copy = new float[0];
    private int packedMatmul = NONE;
    private int packedStep;
    private int packedFirst;
    private int packedEnd;
    private float[] data = copy;
    private int start;
    private int stride;
    private int slabDepth;
    private int slabDistance;
    private int firstRow;
    private int firstStep;

    /** @param staging as {@link OperandReader#read} needs it */
    TileRows(float[] staging) {
        this.staging = staging;
    }

    /** Forgets what it was moved to. */
    void reset() {
        packedMatmul = NONE;
        data = copy;
    }

    /**
     * Goes to the rows of units of one panel, from some step along k.
     *
     * @param wholeBlock whether the other rows of their block are wanted next, so that all are packed at once
     */
    void move(Matmul<?> matmul, MatmulGrid grid, int step, int unit, int endOfUnits, boolean wholeBlock) {
        int index = grid.matmul(unit);
        firstRow = grid.firstRow(unit);
        firstStep = step;
        slabDepth = grid.slabDepth();
        int end = grid.endOfRows(endOfUnits - 1);
        if (reachesFarEnough(matmul, index, end)) {
            OperandReader<?> a = matmul.a();
            data = a.fp32().orElseThrow();
            start = a.start(index * matmul.batch().aStride(), firstRow, step);
            stride = a.stride();
            slabDistance = slabDepth;
            return;
        }
        boolean isPacked =
                packedMatmul == index && packedStep == step && packedFirst <= firstRow && end <= packedEnd;
        if (!isPacked) {
            packedMatmul = index;
            packedStep = step;
            packedFirst = wholeBlock ? grid.firstRowOfBlock(unit) : firstRow;
            packedEnd = wholeBlock ? grid.endOfBlock(unit) : end;
            pack(matmul, grid);
        }
        data = copy;
        start = (firstRow - packedFirst) * RegisterTile.STRIDE;
        stride = RegisterTile.STRIDE;
        slabDistance = grid.slabLength();
    }

    /** Whether tiles may read the rows in place. */
    private boolean reachesFarEnough(Matmul<?> matmul, int index, int end) {
        OperandReader<?> a = matmul.a();
        Optional<float[]> stored = a.fp32();
        if (stored.isEmpty() || a.transposition() == Transposition.TRANSPOSED) {
            return false;
        }
        int lastRead = RegisterTile.readRows(end - firstRow) - 1;
        int from = a.start(index * matmul.batch().aStride(), firstRow, 0);
        return from + (long) lastRead * a.stride() + matmul.depth() <= stored.get().length;
    }

    private void pack(Matmul<?> matmul, MatmulGrid grid) {
        if (copy.length < grid.packedLength()) {
            copy = new float[grid.packedLength()];
        }
        int shift = packedMatmul * matmul.batch().aStride();
        int rows = packedEnd - packedFirst;
        int end = Math.min(matmul.depth(), packedStep + grid.packedDepth());
        int to = 0;
        for (int step = packedStep; step < end; step += slabDepth) {
            int depth = Math.min(slabDepth, end - step);
            matmul.a().read(shift, packedFirst, rows, step, depth, copy, to, RegisterTile.STRIDE, staging);
            to += grid.slabLength();
        }
    }

    /** The array that holds the rows. */
    float[] data() {
        return data;
    }

    /** Where a row starts, from a step along k; those that follow lie next to each other to the end of the slab. */
    int offset(int row, int step) {
        int ahead = step - firstStep;
        return start + (row - firstRow) * stride + ahead / slabDepth * slabDistance + ahead % slabDepth;
    }

    /** Distance of the rows. */
    int stride() {
        return stride;
    }
}

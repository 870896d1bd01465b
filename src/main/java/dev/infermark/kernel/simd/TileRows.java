package dev.infermark.kernel.simd;

import dev.infermark.kernel.Transposition;
import java.util.Optional;

/**
 * Rows of A as tiles read them: where they lie if they are FP32 along k, otherwise packed.
 *
 * <p>Tiles read some rows below the last, whose products nobody uses: of another matrix, or what was packed before.
 */
final class TileRows {
    private final float[] staging = new float[OperandReader.STAGING];
    private float[] copy = new float[0];
    private Part packed = Part.NONE;
    private Part part = Part.NONE;
    private float[] data = copy;
    private int start;
    private int stride;
    private int slabDepth;
    private int slabDistance;

    /** Forgets what was packed. */
    void reset() {
        packed = Part.NONE;
    }

    /** Goes to a part of A. If that has to be packed, then so is all of the larger part around it. */
    void move(Product<?> product, MatmulGrid grid, Part to, Part around) {
        part = to;
        slabDepth = grid.slabDepth();
        if (!findInPlace(product)) {
            if (!packed.contains(to)) {
                packed = around;
                pack(product, grid);
            }
            data = copy;
            start = (to.first() - packed.first()) * RegisterTile.STRIDE;
            stride = RegisterTile.STRIDE;
            slabDistance = grid.slabLength();
        }
    }

    private boolean findInPlace(Product<?> product) {
        OperandReader<?> a = product.a();
        Optional<float[]> stored = a.fp32();
        if (stored.isEmpty() || a.transposition() == Transposition.TRANSPOSED) {
            return false;
        }
        data = stored.get();
        start = a.start(part.product() * product.batch().aStride(), part.first(), part.step());
        stride = a.stride();
        slabDistance = slabDepth;
        int lastRead = RegisterTile.readRows(part.end() - part.first()) - 1;
        return start + (long) lastRead * stride + product.depth() - part.step() <= data.length;
    }

    private void pack(Product<?> product, MatmulGrid grid) {
        if (copy.length < grid.packedLength()) {
            copy = new float[grid.packedLength()];
        }
        int shift = packed.product() * product.batch().aStride();
        int end = Math.min(product.depth(), packed.step() + grid.packedDepth());
        int to = 0;
        for (int step = packed.step(); step < end; step += slabDepth) {
            int depth = Math.min(slabDepth, end - step);
            product.a()
                    .read(
                            shift,
                            packed.first(),
                            packed.end() - packed.first(),
                            step,
                            depth,
                            copy,
                            to,
                            RegisterTile.STRIDE,
                            staging);
            to += grid.slabLength();
        }
    }

    /** The array that holds the rows. */
    float[] data() {
        return data;
    }

    /** Where a row of the part starts, from a step along k that starts a slab or lies within. */
    int offset(int row, int step) {
        int ahead = step - part.step();
        return start + (row - part.first()) * stride + ahead / slabDepth * slabDistance + ahead % slabDepth;
    }

    /** Distance of the rows. */
    int stride() {
        return stride;
    }

    /**
     * Some rows of A, from some step along k.
     *
     * @param product the number of their product in the batch
     * @param step the first along k
     * @param first the first of them
     * @param end the row after the last
     */
    record Part(int product, int step, int first, int end) {
        static final Part NONE = new Part(-1, 0, 0, 0);

        boolean contains(Part other) {
            return product == other.product && step == other.step && first <= other.first && other.end <= end;
        }
    }
}

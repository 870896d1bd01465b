package dev.infermark.kernel.simd;

import dev.infermark.kernel.Accumulation;
import dev.infermark.kernel.Matrix;
import java.util.Arrays;

/**
 * C = A·B in FP32 where A has one row or B has one column: the other factor is read once, as it is stored, and not
 * packed.
 */
final class VectorProduct {
    /** Elements of C in a unit of work. */
    private static final int UNIT = 256;

    /** Columns of the matrix at a time, so that what is summed stays in the first-level cache. */
    private static final int STRIP = 4096;

    /** As {@link #STRIP} where the matrix is no FP32, so that copies of its rows stay there too. */
    private static final int COPIED_STRIP = 512;

    private final MatrixVector kernels = new MatrixVector();
    private final OperandReader.Window window = new OperandReader.Window(MatrixVector.ROWS, COPIED_STRIP);
    private final float[] staging = new float[OperandReader.STAGING];
    private final float[] sums = new float[STRIP];
    private float[] vector = new float[0];

    /** Whether a product goes this way; not where PSUM's order would have to be kept across the lanes of a vector. */
    static boolean suits(Product<?> product) {
        Matrix<?> c = product.c();
        boolean isVector = c.rows() == 1 || c.columns() == 1;
        return c.data() instanceof float[]
                && isVector
                && !(product.accumulation() == Accumulation.PSUM && sumsAlongRows(product));
    }

    private static int strip(Product<?> product) {
        return matrix(product).fp32().isPresent() ? STRIP : COPIED_STRIP;
    }

    private static OperandReader<?> matrix(Product<?> product) {
        return product.c().columns() == 1 ? product.a() : product.b();
    }

    /** Whether the elements of a sum lie next to each other in the stored matrix. */
    private static boolean sumsAlongRows(Product<?> product) {
        return switch (matrix(product).transposition()) {
            case NONE -> product.c().columns() == 1;
            case TRANSPOSED -> product.c().columns() != 1;
        };
    }

    /** In how many units the product can be cut. */
    static int units(Product<?> product) {
        return product.batch().count() * unitsEach(product);
    }

    private static int unitsEach(Product<?> product) {
        return Math.ceilDiv(product.c().rows() * product.c().columns(), UNIT);
    }

    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, UnitQueue queue) {
        int each = unitsEach(product);
        for (int first = queue.take(); first < queue.end(first); first = queue.take()) {
            int unit = first;
            while (unit < queue.end(first)) {
                int end = Math.min(queue.end(first), (unit / each + 1) * each);
                multiply(product, unit / each, unit % each * UNIT, (end - unit) * UNIT);
                unit = end;
            }
        }
    }

    private void multiply(Product<?> product, int index, int first, int most) {
        boolean isColumn = product.c().columns() == 1;
        int count = Math.min(most, product.c().rows() * product.c().columns() - first);
        readVector(product, index, isColumn);
        int shift = index * (isColumn ? product.batch().aStride() : product.batch().bStride());
        int to = product.c().offset() + index * product.batch().cStride();
        if (sumsAlongRows(product)) {
            sumAlongRows(product, shift, to, first, count);
        } else {
            sumAcrossRows(product, shift, to, first, count);
        }
    }

    private void readVector(Product<?> product, int index, boolean isColumn) {
        int depth = product.depth();
        if (vector.length < depth) {
            vector = new float[depth];
        }
        if (isColumn) {
            product.b().read(index * product.batch().bStride(), 0, depth, 0, 1, vector, 0, 1, staging);
        } else {
            product.a().read(index * product.batch().aStride(), 0, 1, 0, depth, vector, 0, depth, staging);
        }
    }

    private void sumAlongRows(Product<?> product, int shift, int to, int first, int count) {
        int depth = product.depth();
        int strip = strip(product);
        for (int i = 0; i < count; i += MatrixVector.ROWS) {
            int some = Math.min(MatrixVector.ROWS, count - i);
            Arrays.fill(sums, 0, MatrixVector.ROWS, 0);
            for (int p = 0; p < depth; p += strip) {
                int length = Math.min(strip, depth - p);
                window.move(matrix(product), shift, first + i, some, p, length);
                kernels.dot(window.data(), window.row(0), window.stride(), some, vector, p, length, sums);
            }
            put(product, to, first + i, some, true);
        }
    }

    private void sumAcrossRows(Product<?> product, int shift, int to, int first, int count) {
        int tile = switch (product.accumulation()) {
            case FAST -> product.depth();
            case PSUM -> Accumulation.TILE;
        };
        int strip = strip(product);
        for (int j = 0; j < count; j += strip) {
            int length = Math.min(strip, count - j);
            for (int from = 0; from < product.depth(); from += tile) {
                Arrays.fill(sums, 0, length, 0);
                int end = Math.min(from + tile, product.depth());
                for (int p = from; p < end; p += MatrixVector.ROWS) {
                    int some = Math.min(MatrixVector.ROWS, end - p);
                    window.move(matrix(product), shift, p, some, first + j, length);
                    kernels.addRows(window.data(), window.row(0), window.stride(), some, length, vector, p, sums);
                }
                put(product, to, first + j, length, from == 0);
            }
        }
    }

    /** Stores sums in C, or adds them to what is there. */
    private void put(Product<?> product, int to, int first, int count, boolean store) {
        float[] c = (float[]) product.c().data();
        int stride = product.c().columns() == 1 ? product.c().leadingDimension() : 1;
        for (int i = 0; i < count; i++) {
            int at = to + (first + i) * stride;
            c[at] = store ? sums[i] : c[at] + sums[i];
        }
    }
}

package dev.infermark.kernel.simd;

import dev.infermark.kernel.Accumulation;
import dev.infermark.kernel.Matrix;
import java.util.Arrays;

/**
 * C = A·B in FP32 where A has one row or B has one column: the other factor is read once, as it is stored, and not
 * packed.
 */
final class VectorMatmul {
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

    /** Whether a matmul goes this way; not where PSUM's order would have to be kept across the lanes of a vector. */
    static boolean suits(Matmul<?> matmul) {
        Matrix<?> c = matmul.c();
        boolean isVector = c.rows() == 1 || c.columns() == 1;
        return c.data() instanceof float[]
                && isVector
                && !(matmul.accumulation() == Accumulation.PSUM && sumsAlongRows(matmul));
    }

    private static int strip(Matmul<?> matmul) {
        return matrix(matmul).fp32().isPresent() ? STRIP : COPIED_STRIP;
    }

    private static OperandReader<?> matrix(Matmul<?> matmul) {
        return matmul.c().columns() == 1 ? matmul.a() : matmul.b();
    }

    /** Whether the elements of a sum lie next to each other in the stored matrix. */
    private static boolean sumsAlongRows(Matmul<?> matmul) {
        return switch (matrix(matmul).transposition()) {
            case NONE -> matmul.c().columns() == 1;
            case TRANSPOSED -> matmul.c().columns() != 1;
        };
    }

    /** In how many units the matmul can be cut. */
    static int units(Matmul<?> matmul) {
        return matmul.batch().count() * unitsEach(matmul);
    }

    private static int unitsEach(Matmul<?> matmul) {
        return Math.ceilDiv(matmul.c().rows() * matmul.c().columns(), UNIT);
    }

    /** Takes units of the matmul and computes them until none is left. */
    void multiply(Matmul<?> matmul, UnitQueue queue) {
        int each = unitsEach(matmul);
        for (int first = queue.take(); first < queue.end(first); first = queue.take()) {
            int unit = first;
            while (unit < queue.end(first)) {
                int end = Math.min(queue.end(first), (unit / each + 1) * each);
                multiply(matmul, unit / each, unit % each * UNIT, (end - unit) * UNIT);
                unit = end;
            }
        }
    }

    private void multiply(Matmul<?> matmul, int index, int first, int most) {
        boolean isColumn = matmul.c().columns() == 1;
        int count = Math.min(most, matmul.c().rows() * matmul.c().columns() - first);
        readVector(matmul, index, isColumn);
        int shift = index * (isColumn ? matmul.batch().aStride() : matmul.batch().bStride());
        int to = matmul.c().offset() + index * matmul.batch().cStride();
        if (sumsAlongRows(matmul)) {
            sumAlongRows(matmul, shift, to, first, count);
        } else {
            sumAcrossRows(matmul, shift, to, first, count);
        }
    }

    private void readVector(Matmul<?> matmul, int index, boolean isColumn) {
        int depth = matmul.depth();
        if (vector.length < depth) {
            vector = new float[depth];
        }
        if (isColumn) {
            matmul.b().read(index * matmul.batch().bStride(), 0, depth, 0, 1, vector, 0, 1, staging);
        } else {
            matmul.a().read(index * matmul.batch().aStride(), 0, 1, 0, depth, vector, 0, depth, staging);
        }
    }

    private void sumAlongRows(Matmul<?> matmul, int shift, int to, int first, int count) {
        int depth = matmul.depth();
        int strip = strip(matmul);
        for (int i = 0; i < count; i += MatrixVector.ROWS) {
            int some = Math.min(MatrixVector.ROWS, count - i);
            Arrays.fill(sums, 0, MatrixVector.ROWS, 0);
            for (int p = 0; p < depth; p += strip) {
                int length = Math.min(strip, depth - p);
                window.move(matrix(matmul), shift, first + i, some, p, length);
                kernels.dot(window.data(), window.row(0), window.stride(), some, vector, p, length, sums);
            }
            put(matmul, to, first + i, some, true);
        }
    }

    private void sumAcrossRows(Matmul<?> matmul, int shift, int to, int first, int count) {
        int tile = switch (matmul.accumulation()) {
            case FAST -> matmul.depth();
            case PSUM -> Accumulation.TILE;
        };
        int strip = strip(matmul);
        for (int j = 0; j < count; j += strip) {
            int length = Math.min(strip, count - j);
            for (int from = 0; from < matmul.depth(); from += tile) {
                Arrays.fill(sums, 0, length, 0);
                int end = Math.min(from + tile, matmul.depth());
                for (int p = from; p < end; p += MatrixVector.ROWS) {
                    int some = Math.min(MatrixVector.ROWS, end - p);
                    window.move(matrix(matmul), shift, p, some, first + j, length);
                    kernels.addRows(window.data(), window.row(0), window.stride(), some, length, vector, p, sums);
                }
                put(matmul, to, first + j, length, from == 0);
            }
        }
    }

    /** Stores sums in C, or adds them to what is there. */
    private void put(Matmul<?> matmul, int to, int first, int count, boolean store) {
        float[] c = (float[]) matmul.c().data();
        int stride = matmul.c().columns() == 1 ? matmul.c().leadingDimension() : 1;
        for (int i = 0; i < count; i++) {
            int at = to + (first + i) * stride;
            c[at] = store ? sums[i] : c[at] + sums[i];
        }
    }
}

package dev.infermark.bench;

import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Reduction;
import dev.infermark.kernel.VectorEngine;

/**
 * A matrix that the Vector engine works on row by row, and where results go. Each operation returns its result.
 *
 * @param engine whose kernels run
 * @param x the operand
 * @param y results of the operand's shape
 * @param gain a factor for each column
 * @param bias a term for each column
 * @param perRow a result for each row
 * @param topValues the largest of each row
 * @param topColumns where they are
 */
@SuppressWarnings("ArrayRecordComponent") // Operands of a benchmark, never compared.
record RowOperands(
        VectorEngine engine,
        Matrix<float[]> x,
        Matrix<float[]> y,
        float[] gain,
        float[] bias,
        float[] perRow,
        Matrix<float[]> topValues,
        Matrix<int[]> topColumns) {
    /** What stands in until the shape is known. */
    static final RowOperands NONE = of(Engines.of(Implementation.REFERENCE).vector(), "1x1");

    private static final float EPSILON = 1e-12f;

    /** Operands with random elements; the shape is rows×columns. */
    static RowOperands of(VectorEngine engine, String shape) {
        int[] sizes = Inputs.sizes(shape);
        int rows = sizes[0];
        int columns = sizes[1];
        return new RowOperands(
                engine,
                Matrix.of(Inputs.floats(rows * columns), rows, columns),
                Matrix.of(Inputs.floats(rows * columns), rows, columns),
                Inputs.positiveFloats(columns),
                Inputs.floats(columns),
                new float[rows],
                Matrix.of(new float[rows * VectorEngine.TOP], rows, VectorEngine.TOP),
                Matrix.of(new int[rows * VectorEngine.TOP], rows, VectorEngine.TOP));
    }

    Object layerNorm() {
        engine.layerNorm(x, gain, bias, EPSILON, y);
        return y;
    }

    Object rmsNorm() {
        engine.rmsNorm(x, gain, EPSILON, y);
        return y;
    }

    Object softmax() {
        engine.softmax(x, y);
        return y;
    }

    Object axpy(float alpha) {
        engine.axpy(alpha, x, y);
        return y;
    }

    Object combine(BinaryOperation operation) {
        engine.combine(operation, x, x, y);
        return y;
    }

    Object reduce(Reduction reduction) {
        engine.reduce(reduction, x, perRow);
        return perRow;
    }

    Object top8() {
        engine.top8(x, topValues, topColumns);
        return topColumns;
    }
}

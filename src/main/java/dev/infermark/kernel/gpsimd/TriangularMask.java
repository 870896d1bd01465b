package dev.infermark.kernel.gpsimd;

import java.util.List;

/**
 * Replaces what lies above the diagonal of each matrix: y(…, i, j) = x(…, i, j) for j ≤ i, else the replacement.
 *
 * <p>Causal attention uses it with negative infinity before softmax.
 *
 * @param replacement what stands above the diagonal
 */
public record TriangularMask(float replacement) implements CustomOperator {
    @Override
    public String name() {
        return "triangularMask";
    }

    @Override
    public int[] outputShape(List<Tensor> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("inputs: " + name() + " takes 1 tensor, not " + inputs.size());
        }
        Tensor x = inputs.getFirst();
        if (x.rank() < 2 || x.size(-1) > Processor.LOCAL_ELEMENTS) {
            throw new IllegalArgumentException("inputs: " + name() + " takes matrices of rows up to "
                    + Processor.LOCAL_ELEMENTS + " elements, not shape " + x);
        }
        return x.shape();
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, Tensor output) {
        Tensor x = inputs.getFirst();
        int columns = x.size(-1);
        int rowsPerMatrix = x.size(-2);
        int rowsPerBlock = Processor.LOCAL_ELEMENTS / columns;
        int last = processor.lastOf(x.elements() / columns);
        for (int row = processor.firstOf(x.elements() / columns); row < last; row += rowsPerBlock) {
            int rows = Math.min(rowsPerBlock, last - row);
            x.read(row * columns, processor.local(), 0, rows * columns);
            for (int i = 0; i < rows; i++) {
                int diagonal = (row + i) % rowsPerMatrix;
                processor.affineSelect(i * columns, columns, diagonal + 1, replacement);
            }
            output.write(row * columns, processor.local(), 0, rows * columns);
        }
    }
}

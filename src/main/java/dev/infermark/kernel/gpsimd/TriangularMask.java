package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Replaces what lies above the diagonal of each matrix: y(…, i, j) = x(…, i, j) for j ≤ i, else the replacement.
 *
 * <p>Causal attention uses it with negative infinity before softmax. Matrices are of any type and shape; what is kept
 * is kept to the bit, NaN included.
 *
 * @param replacement what stands above the diagonal, rounded to nearest even for BF16 and FP16; integer types refuse
 *     what they do not hold
 */
public record TriangularMask(double replacement) implements CustomOperator {
    /** The causal mask, of negative infinity. */
    public TriangularMask() {
        this(Double.NEGATIVE_INFINITY);
    }

    @Override
    public String name() {
        return "triangularMask";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        TensorSpec x = Operands.only(this, inputs);
        Operands.require(x.rank() >= 2, this, "matrices", x);
        return List.of(x);
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor x = inputs.getFirst();
        int columns = x.size(-1);
        int rowsPerMatrix = x.size(-2);
        int allRows = x.elements() / columns;
        int last = processor.lastOf(allRows);
        int rows;
        for (int row = processor.firstOf(allRows); row < last; row += rows) {
            int diagonal = row % rowsPerMatrix;
            rows = Math.min(rowsPerMatrix - diagonal, last - row);
            processor.affineSelect(x, outputs.getFirst(), row * columns, rows, columns, diagonal, replacement);
        }
    }

    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        return Optional.of(OperatorCost.elementwise(inputs.getFirst()));
    }

    /** The scores of BERT-large's 16 heads over 128 tokens. */
    @Override
    public List<TensorSpec> example() {
        return List.of(TensorSpec.of(DataType.FP32, 16, 128, 128));
    }
}

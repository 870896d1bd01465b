package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Counts in row-major order: y(p) = first + step·p at position p.
 *
 * <p>FP32 rounds p, the product and the sum to nearest even; INT32, INT16, INT8 and UINT8 wrap around.
 *
 * @param output type and shape of the result
 * @param first the first element
 * @param step what each element has more than the one before it
 */
public record Iota(TensorSpec output, double first, double step) implements CustomOperator {
    /** The positions of 128 sequences of 1024 tokens, numbered through. */
    public Iota() {
        this(TensorSpec.of(DataType.INT32, 128, 1024), 0, 1);
    }

    @Override
    public String name() {
        return "iota";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Operands.requireCount(this, inputs, 0);
        return List.of(output);
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor y = outputs.getFirst();
        int from = processor.firstOf(y.elements());
        processor.iota(y, from, processor.lastOf(y.elements()) - from, from, first, step);
    }

    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        return Optional.of(new OperatorCost(output.type(), output.elements(), 0, output.bytes()));
    }

    @Override
    public List<TensorSpec> example() {
        return List.of();
    }
}

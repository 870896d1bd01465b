package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table: y(…, j) = table(indices(…), j), to the bit.
 *
 * <p>Takes the table, of any type and two dimensions, and INT32 indices of any shape, from 0 to the table's rows less
 * 1; others are refused with the first of them named.
 */
public record EmbeddingGather() implements CustomOperator {
    @Override
    public String name() {
        return "embeddingGather";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Operands.requireCount(this, inputs, 2);
        TensorSpec table = inputs.getFirst();
        TensorSpec indices = inputs.getLast();
        Operands.require(
                table.rank() == 2 && indices.type() == DataType.INT32, this, "a matrix and int32 indices", inputs);
        List<Integer> sizes = new ArrayList<>(indices.sizes());
        sizes.add(table.size(1));
        return List.of(new TensorSpec(table.type(), sizes));
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor indices = inputs.getLast();
        int first = processor.firstOf(indices.elements());
        int length = processor.lastOf(indices.elements()) - first;
        processor.gatherRows(inputs.getFirst(), indices, first, length, outputs.getFirst());
    }

    /** Reads the rows that are asked for, not the table. */
    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        TensorSpec y = outputs(inputs).getFirst();
        return Optional.of(new OperatorCost(
                y.type(), y.elements(), y.bytes() + inputs.getLast().bytes(), y.bytes()));
    }

    /** 128 tokens of BERT-large's vocabulary. */
    @Override
    public List<TensorSpec> example() {
        return List.of(TensorSpec.of(DataType.FP32, 30522, 1024), TensorSpec.of(DataType.INT32, 128));
    }

    @Override
    public List<Tensor> exampleInputs() {
        TensorSpec table = example().getFirst();
        return List.of(Examples.uniform(table), Examples.indices(table.size(0), 128));
    }
}

package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The greatest elements of each row in descending order, and where they stand in it.
 *
 * <p>Takes FP32 …×n and gives the values, FP32 …×k, and the positions, INT32 …×k. Of equal elements the one that
 * stands earlier comes first; -0 equals 0; NaN is greater than every number.
 *
 * @param k how many, at least 1 and at most what local memory holds, which is 8192
 */
public record TopK(int k) implements CustomOperator {
    private static final int MOST = Processor.LOCAL_BYTES / Ranking.BYTES;

    /** Eight, as the Vector engine's max8 finds. */
    public TopK() {
        this(8);
    }

    /** Refuses what local memory does not hold. */
    public TopK {
        if (k < 1 || k > MOST) {
            throw new IllegalArgumentException("k: " + k + " is not from 1 to " + MOST);
        }
    }

    @Override
    public String name() {
        return "topK";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        TensorSpec x = Operands.only(this, inputs);
        Operands.require(
                x.type() == DataType.FP32 && x.rank() >= 1 && x.size(-1) >= k,
                this,
                "fp32 with rows of at least " + k + " elements",
                x);
        List<Integer> sizes = new ArrayList<>(x.sizes());
        sizes.set(sizes.size() - 1, k);
        return List.of(new TensorSpec(DataType.FP32, sizes), new TensorSpec(DataType.INT32, sizes));
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor x = inputs.getFirst();
        int rows = x.elements() / x.size(-1);
        Tensor values = processor.local(DataType.FP32, k);
        Tensor indices = processor.local(DataType.INT32, k);
        for (int row = processor.firstOf(rows); row < processor.lastOf(rows); row++) {
            rank(processor, x, row * x.size(-1), values, indices);
            processor.copy(values, 0, outputs.getFirst(), row * k, k);
            processor.copy(indices, 0, outputs.getLast(), row * k, k);
        }
    }

    /** Ranks the first k, then only what is greater than the least of those ranked. */
    private void rank(Processor processor, Tensor x, int start, Tensor values, Tensor indices) {
        FloatAccessor elements = x.floats();
        FloatAccessor ranked = values.floats();
        for (int i = 0; i < k; i++) {
            Ranking.insert(values, indices, i, elements.at(start + i), i);
        }
        int end = start + x.size(-1);
        int next = start + k;
        while ((next = processor.firstAbove(x, next, end - next, ranked.at(k - 1))) < end) {
            Ranking.insert(values, indices, k, elements.at(next), next - start);
            next++;
        }
    }

    /** The documented cycles of a row in one of 128 partitions: 4n + k. */
    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        TensorSpec x = inputs.getFirst();
        long rows = x.elements() / x.size(-1);
        long results = rows * k;
        return Optional.of(new OperatorCost(
                x.type(), 4 * x.elements() + results, x.bytes(), results * Ranking.BYTES));
    }
}

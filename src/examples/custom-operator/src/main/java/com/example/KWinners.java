package com.example;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.FloatAccessor;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.kernel.gpsimd.Processor;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the largest eighth of each row and zeroes the rest, so that the layer after it sees few activations. Elements that
 * equal the smallest kept one are kept too; NaN counts as larger than every number.
 */
public final class KWinners implements CustomOperator {
    private static final int KEPT = 8;

    /** Halvings of the 32-bit range of keys that find the threshold; each compares and counts every element. */
    private static final int ROUNDS = 32;

    @Override
    public String name() {
        return "com.example.KWinners";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (inputs.size() != 1 || inputs.getFirst().type() != DataType.FP32) {
            throw new IllegalArgumentException("inputs: " + name() + " takes one fp32 tensor, not " + inputs);
        }
        int columns = columns(inputs.getFirst());
        if (columns * Float.BYTES > Processor.LOCAL_BYTES) {
            throw new IllegalArgumentException("inputs: a row of " + columns + " elements exceeds local memory");
        }
        return inputs;
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor x = inputs.getFirst();
        int columns = columns(x.spec());
        int rows = x.elements() / columns;
        Tensor local = processor.local(DataType.FP32, columns);
        FloatAccessor row = local.floats();
        for (int i = processor.firstOf(rows); i < processor.lastOf(rows); i++) {
            processor.copy(x, i * columns, local, 0, columns);
            int threshold = threshold(row, columns, Math.max(1, columns / KEPT));
            for (int j = 0; j < columns; j++) {
                row.put(j, key(row.at(j)) >= threshold ? row.at(j) : 0);
            }
            processor.copy(local, 0, outputs.getFirst(), i * columns, columns);
        }
    }

    /** A comparison and an addition in each round, and the mask at the end. */
    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        TensorSpec x = inputs.getFirst();
        return Optional.of(new OperatorCost(x.type(), (2L * ROUNDS + 1) * x.elements(), x.bytes(), x.bytes()));
    }

    /** The largest key that at least {@code kept} elements reach. */
    private static int threshold(FloatAccessor row, int columns, int kept) {
        long low = Integer.MIN_VALUE;
        long high = Integer.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long middle = (low + high + 1) >> 1;
            int reached = 0;
            for (int j = 0; j < columns; j++) {
                reached += key(row.at(j)) >= middle ? 1 : 0;
            }
            if (reached >= kept) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return (int) low;
    }

    /** Integers in the order of the numbers. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    private static int columns(TensorSpec tensor) {
        return tensor.sizes().isEmpty() ? 1 : tensor.sizes().getLast();
    }
}

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

/** y = x, but at least -1 and at most 1. */
public final class HardClip implements CustomOperator {
    private static final int BLOCK = 1024;

    @Override
    public String name() {
        return "com.example.HardClip";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (inputs.size() != 1 || inputs.getFirst().type() != DataType.FP32) {
            throw new IllegalArgumentException("inputs: " + name() + " takes one fp32 tensor, not " + inputs);
        }
        return inputs;
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor x = inputs.getFirst();
        Tensor local = processor.local(DataType.FP32, BLOCK);
        FloatAccessor block = local.floats();
        int last = processor.lastOf(x.elements());
        for (int at = processor.firstOf(x.elements()); at < last; at += BLOCK) {
            int length = Math.min(BLOCK, last - at);
            processor.copy(x, at, local, 0, length);
            for (int i = 0; i < length; i++) {
                block.put(i, Math.max(-1, Math.min(1, block.at(i))));
            }
            processor.copy(local, 0, outputs.getFirst(), at, length);
        }
    }

    /** A minimum and a maximum for each element. */
    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        TensorSpec x = inputs.getFirst();
        return Optional.of(new OperatorCost(x.type(), 2 * x.elements(), x.bytes(), x.bytes()));
    }
}

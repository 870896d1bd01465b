package dev.infermark.graph;

import java.util.List;

/** Tensors joined along one axis; their other dimensions agree. */
public record Concat(int axis) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape first = inputs.getFirst().shape();
        long joined = 0;
        for (TensorType input : inputs) {
            if (!input.shape().with(axis, 1).equals(first.with(axis, 1))) {
                throw new IllegalArgumentException("concatenation of " + inputs + " along axis " + axis);
            }
            joined = Math.addExact(joined, input.shape().dimension(axis));
        }
        return List.of(inputs.getFirst().withShape(first.with(axis, joined)));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

package dev.infermark.graph;

import java.util.List;

/** Running sums along one axis; input and output have the same shape. */
public record CumulativeSum(int axis) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        inputs.getFirst().shape().axis(axis);
        return List.of(inputs.getFirst());
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return new Work(0, outputs.getFirst().shape().elements());
    }
}

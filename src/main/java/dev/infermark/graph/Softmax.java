package dev.infermark.graph;

import java.util.List;

/** Exponentials divided by their sum along one axis; input and output have the same shape. */
public record Softmax(int axis) implements Operator {
    /** Maximum, subtraction, exponential, sum and division of each element. */
    private static final int OPERATIONS = 5;

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        inputs.getFirst().shape().axis(axis);
        return List.of(inputs.getFirst());
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.perElement(OPERATIONS, outputs.getFirst().shape());
    }
}

package dev.infermark.graph;

import java.util.List;

/** The same elements in the same order under another shape; moves no data. */
public record Reshape(Shape shape) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        if (inputs.getFirst().shape().elements() != shape.elements()) {
            throw new IllegalArgumentException("reshape of " + inputs.getFirst() + " to " + shape);
        }
        return List.of(inputs.getFirst().withShape(shape));
    }

    /** The axes follow those of the input; see {@link Resizing#reshaped}. */
    @Override
    public Reshape resized(List<TensorType> before, List<TensorType> after) {
        return new Reshape(
                Resizing.reshaped(shape, before.getFirst().shape(), after.getFirst().shape()));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

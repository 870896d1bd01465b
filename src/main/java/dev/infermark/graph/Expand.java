package dev.infermark.graph;

import java.util.List;

/** A tensor repeated along axes until it has the given shape. */
public record Expand(Shape shape) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(inputs.getFirst().withShape(shape));
    }

    /** An axis that has the input's size follows it, the others stay. */
    @Override
    public Expand resized(List<TensorType> before, List<TensorType> after) {
        return new Expand(Resizing.following(
                shape, before.getFirst().shape(), after.getFirst().shape()));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

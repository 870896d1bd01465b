package dev.infermark.graph;

import java.util.List;

/** A tensor surrounded by constant or repeated elements until it has the given shape. */
public record Pad(Shape shape) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(inputs.getFirst().withShape(shape));
    }

    /** An axis that has the input's size follows it, the others stay. */
    @Override
    public Pad resized(List<TensorType> before, List<TensorType> after) {
        return new Pad(Resizing.following(
                shape, before.getFirst().shape(), after.getFirst().shape()));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

package dev.infermark.graph;

import java.util.List;

/**
 * Parts of a tensor, one output each; also what splits a tensor.
 *
 * @param shapes the shapes of the parts, each within the input's
 */
public record Slice(List<Shape> shapes) implements Operator {

    /** Copies the list. */
    public Slice {
        shapes = List.copyOf(shapes);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape whole = inputs.getFirst().shape();
        for (Shape part : shapes) {
            if (part.rank() != whole.rank()) {
                throw new IllegalArgumentException("part " + part + " of " + whole);
            }
            for (int i = 0; i < part.rank(); i++) {
                if (part.dimension(i) > whole.dimension(i)) {
                    throw new IllegalArgumentException("part " + part + " of " + whole);
                }
            }
        }
        return shapes.stream().map(inputs.getFirst()::withShape).toList();
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

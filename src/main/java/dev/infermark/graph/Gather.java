package dev.infermark.graph;

import java.util.List;

/**
 * Selection of slices of a table by indices along one axis, such as the lookup of an embedding.
 *
 * <p>Inputs: table, indices. Output: the table's shape with the axis replaced by the shape of the indices.
 */
public record Gather(int axis) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape table = inputs.get(0).shape();
        return List.of(inputs.getFirst().withShape(table.with(table.axis(axis), inputs.get(1).shape())));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

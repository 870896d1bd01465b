package dev.infermark.graph;

import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * The k largest elements along one axis, in order.
 *
 * <p>Input: one tensor. Outputs: the values, and their positions as {@link DataType#INT64}.
 */
public record TopK(int axis, long k) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        if (k > shape.dimension(axis)) {
            throw new IllegalArgumentException("the " + k + " largest of " + shape + " along axis " + axis);
        }
        TensorType values = inputs.getFirst().withShape(shape.with(axis, k));
        return List.of(values, new TensorType(DataType.INT64, values.shape()));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return new Work(0, inputs.getFirst().shape().elements());
    }
}

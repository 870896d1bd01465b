package dev.infermark.graph;

import java.util.List;

/**
 * A tensor with some of its elements replaced, such as a cache of keys with those of a new token.
 *
 * <p>Inputs: the tensor, the new elements, and optionally the indices of where they go. Output: the type of the tensor.
 */
public record Scatter() implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        if (inputs.size() < 2) {
            throw new IllegalArgumentException("scatter of " + inputs + " needs a tensor and its new elements");
        }
        return List.of(inputs.getFirst());
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}

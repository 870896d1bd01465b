package dev.infermark.graph;

import java.util.List;

/**
 * Images interpolated to other spatial sizes.
 *
 * @param shape the shape of the output
 * @param taps input elements that each output element is made of: 1 nearest, 4 bilinear, 16 bicubic
 */
public record Resize(Shape shape, int taps) implements Operator {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(inputs.getFirst().withShape(shape));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return taps == 1 ? Work.NONE : new Work(0, taps * outputs.getFirst().shape().elements());
    }
}

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

    /** An axis that has the input's size follows it, the others stay. */
    @Override
    public Resize resized(List<TensorType> before, List<TensorType> after) {
        return new Resize(
                Resizing.following(shape, before.getFirst().shape(), after.getFirst().shape()), taps);
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return taps == 1 ? Work.NONE : Work.perElement(taps, outputs.getFirst().shape());
    }
}

package dev.infermark.graph;

import java.util.List;

/**
 * Largest or mean element of a window that moves over the spatial dimensions.
 *
 * <p>Input: [batch, channels, spatial...]. Output: the same rank with smaller spatial dimensions.
 */
public record Pool(Kind kind, Spatial window, Spatial.Rounding rounding) implements Operator {

    /** What is taken of a window. */
    public enum Kind {
        /** The largest element. */
        MAX,
        /** The mean. */
        AVERAGE
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        if (shape.rank() != window.kernel().size() + 2) {
            throw new IllegalArgumentException("input " + shape + " for a window of " + window.kernel());
        }
        for (int i = 0; i < window.kernel().size(); i++) {
            shape = shape.with(i + 2, window.output(i, shape.dimension(i + 2), rounding));
        }
        return List.of(inputs.getFirst().withShape(shape));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.perElement(window.taps(), outputs.getFirst().shape());
    }

    @Override
    public String mnemonic() {
        return kind == Kind.MAX ? "MaxPool" : "AveragePool";
    }
}

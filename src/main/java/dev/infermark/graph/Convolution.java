package dev.infermark.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolution (cross-correlation) over one or more spatial dimensions.
 *
 * <p>Inputs: x [batch, channels, spatial...], weights [filters, channels / groups, window...], and optionally a bias
 * [filters]. Output: [batch, filters, spatial...].
 */
public record Convolution(Spatial window, long groups) implements Operator {

    /** Refuses fewer groups than one. */
    public Convolution {
        if (groups < 1) {
            throw new IllegalArgumentException("groups " + groups + " must be at least 1");
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape x = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        int spatial = window.kernel().size();
        if (x.rank() != spatial + 2 || weights.rank() != spatial + 2) {
            throw new IllegalArgumentException("input " + x + " and weights " + weights + " of a convolution over "
                    + spatial + " spatial dimensions");
        }
        if (x.dimension(1) != Math.multiplyExact(weights.dimension(1), groups)
                || weights.dimension(0) % groups != 0) {
            throw new IllegalArgumentException(
                    "channels differ: input " + x + ", weights " + weights + ", groups " + groups);
        }
        if (!weights.dimensions().subList(2, weights.rank()).equals(window.kernel())) {
            throw new IllegalArgumentException("weights " + weights + " for a window of " + window.kernel());
        }
        List<Long> dimensions = new ArrayList<>(List.of(x.dimension(0), weights.dimension(0)));
        for (int i = 0; i < spatial; i++) {
            dimensions.add(window.output(i, x.dimension(i + 2), Spatial.Rounding.DOWN));
        }
        return List.of(inputs.getFirst().withShape(new Shape(dimensions)));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        Shape weights = inputs.get(1).shape();
        long outputElements = outputs.getFirst().shape().elements();
        long bias = inputs.size() > 2 ? outputElements : 0;
        return new Work(
                Math.multiplyExact(outputElements, Math.multiplyExact(2, weights.product(1, weights.rank()))), bias);
    }
}

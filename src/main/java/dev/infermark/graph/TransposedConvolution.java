package dev.infermark.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Transposed convolution, the up-sampling counterpart of {@link Convolution}.
 *
 * <p>Inputs: x [batch, channels, spatial...], weights [channels, filters / groups, window...], and optionally a bias
 * [filters]. Output: [batch, filters, spatial...].
 *
 * @param window the window as the forward convolution would move it
 * @param groups channel groups
 * @param outputPadding elements added after each spatial dimension of the output
 */
public record TransposedConvolution(Spatial window, long groups, List<Long> outputPadding) implements Operator {

    /** Copies the list. */
    public TransposedConvolution {
        outputPadding = List.copyOf(outputPadding);
        if (groups < 1 || outputPadding.size() != window.kernel().size()) {
            throw new IllegalArgumentException(
                    "groups " + groups + " and output padding " + outputPadding + " for " + window.kernel());
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape x = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        if (x.rank() != window.kernel().size() + 2 || x.dimension(1) != weights.dimension(0)) {
            throw new IllegalArgumentException("channels differ: input " + x + ", weights " + weights);
        }
        long filters = Math.multiplyExact(weights.dimension(1), groups);
        List<Long> dimensions = new ArrayList<>(List.of(x.dimension(0), filters));
        for (int i = 0; i < window.kernel().size(); i++) {
            long grown = Math.multiplyExact(x.dimension(i + 2) - 1, window.strides().get(i));
            long padding = Math.addExact(window.before().get(i), window.after().get(i));
            dimensions.add(Math.addExact(
                    Math.subtractExact(Math.addExact(grown, window.extent(i)), padding), outputPadding.get(i)));
        }
        return List.of(inputs.getFirst().withShape(new Shape(dimensions)));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        Shape weights = inputs.get(1).shape();
        long bias = inputs.size() > 2 ? outputs.getFirst().shape().elements() : 0;
        long perElement = Math.multiplyExact(2, weights.product(1, weights.rank()));
        return new Work(Math.multiplyExact(inputs.getFirst().shape().elements(), perElement), bias);
    }
}

package dev.infermark.reader.builtin;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Spatial.Rounding;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * The modules that convolutional networks are made of, on tensors [batch, channels, height, width].
 *
 * <p>Parameters are named as in the framework's state dictionary: the path of the current layer and the module.
 */
final class ConvolutionBlocks {
    private final GraphBuilder graph;
    private final DataType type;
    private String path = "";

    ConvolutionBlocks(GraphBuilder graph, DataType type) {
        this.graph = graph;
        this.type = type;
    }

    GraphBuilder graph() {
        return graph;
    }

    /** What follows belongs to this layer, whose name is also the path of its parameters. */
    void layer(String name) {
        layer(name, name);
    }

    /** What follows belongs to this layer, and its parameters to this path. */
    void layer(String name, String parameterPath) {
        graph.layer(name);
        path = parameterPath.isEmpty() ? "" : parameterPath + ".";
    }

    Tensor image(long batch, long pixels) {
        return graph.input("image", new TensorType(type, Shape.of(batch, 3, pixels, pixels)));
    }

    Tensor parameter(String name, long... dimensions) {
        return graph.parameter(path + name, new TensorType(type, Shape.of(dimensions)));
    }

    /** A square convolution without bias, as before a batch normalisation. */
    Tensor convolution(Tensor x, String name, long filters, long kernel, long stride, long padding) {
        Tensor weights = parameter(name + ".weight", filters, x.shape().dimension(1), kernel, kernel);
        return graph.add(name, window(kernel, stride, padding), x, weights);
    }

    /** A square convolution with bias. */
    Tensor biasedConvolution(Tensor x, String name, long filters, long kernel, long padding) {
        Tensor weights = parameter(name + ".weight", filters, x.shape().dimension(1), kernel, kernel);
        return graph.add(name, window(kernel, 1, padding), x, weights, parameter(name + ".bias", filters));
    }

    /** A transposed convolution with bias that doubles height and width. */
    Tensor doubled(Tensor x, String name, long filters) {
        TransposedConvolution operator =
                new TransposedConvolution(Spatial.square(2, 2, 0), 1, List.of(0L, 0L));
        Tensor weights = parameter(name + ".weight", x.shape().dimension(1), filters, 2, 2);
        return graph.add(name, operator, x, weights, parameter(name + ".bias", filters));
    }

    /** Normalisation by learned scale and shift and by fixed mean and variance per channel. */
    Tensor batchNorm(Tensor x, String name) {
        long channels = x.shape().dimension(1);
        TensorType perChannel = new TensorType(type, Shape.of(channels));
        return graph.add(
                name,
                new Normalization(Normalization.Kind.BATCH),
                x,
                parameter(name + ".weight", channels),
                parameter(name + ".bias", channels),
                graph.constant(path + name + ".running_mean", perChannel),
                graph.constant(path + name + ".running_var", perChannel));
    }

    Tensor relu(Tensor x, String name) {
        return graph.add(name, new Activation(Function.RELU, type), x);
    }

    Tensor maxPool(Tensor x, String name, long kernel, long stride, long padding) {
        return graph.add(
                name, new Pool(Pool.Kind.MAX, Spatial.square(kernel, stride, padding), Rounding.DOWN), x);
    }

    /** The mean over height and width: [batch, channels]. */
    Tensor globalAverage(Tensor x, String name) {
        return graph.add(name, new Reduce(Reduce.Kind.MEAN, List.of(2, 3), Reduce.Axes.DROPPED), x);
    }

    /** [batch, channels, height, width] as [batch, the rest]. */
    Tensor flatten(Tensor x, String name) {
        long batch = x.shape().dimension(0);
        return graph.add(name, new Reshape(Shape.of(batch, x.shape().elements() / batch)), x);
    }

    Tensor linear(Tensor x, String name, long out) {
        Tensor product = graph.add(name, new MatMul(), x, parameter(name + ".weight", x.shape().dimension(-1), out));
        return add(name + ".bias", product, parameter(name + ".bias", out));
    }

    Tensor add(String name, Tensor a, Tensor b) {
        return graph.add(name, new Elementwise(Elementwise.Kind.ADD), a, b);
    }

    private static Convolution window(long kernel, long stride, long padding) {
        return new Convolution(Spatial.square(kernel, stride, padding), 1);
    }
}

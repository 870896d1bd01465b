package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Gather;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The modules that transformers are made of, as nodes of a graph.
 *
 * <p>Parameters are named as in the framework's state dictionary: the path of the current layer, the module, and
 * {@code weight} or {@code bias}.
 */
final class Blocks {
    /** Whether a linear module adds a bias. */
    enum Bias {
        YES,
        NO;

        static Bias of(boolean present) {
            return present ? YES : NO;
        }
    }

    private final GraphBuilder graph;
    private final DataType type;
    private String path = "";

    Blocks(GraphBuilder graph, DataType type) {
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

    /** What follows belongs to this layer, and its parameters to this path, which layers may share. */
    void layer(String name, String parameterPath) {
        graph.layer(name);
        path = parameterPath.isEmpty() ? "" : parameterPath + ".";
    }

    /**
     * The indices of equal layers to write down, called by a prefix and their index; {@link GraphBuilder#equalLayers}
     * says which.
     */
    int[] equalLayers(String prefix, int count) {
        return graph.equalLayers(count, index -> prefix + index);
    }

    /** Token ids or a mask, given by the caller: [batch, tokens]. */
    Tensor tokens(String name, long batch, long length) {
        return graph.input(name, new TensorType(DataType.INT64, Shape.of(batch, length)));
    }

    /** Values that the framework computes from the shapes alone, which tracing turns into a constant. */
    Tensor constantIds(String name, long... dimensions) {
        return graph.constant(path + name, new TensorType(DataType.INT64, Shape.of(dimensions)));
    }

    Tensor parameter(String name, long... dimensions) {
        return graph.parameter(path + name, new TensorType(type, Shape.of(dimensions)));
    }

    Tensor constant(String name, long... dimensions) {
        return graph.constant(path + name, new TensorType(type, Shape.of(dimensions)));
    }

    /** A constant that all layers read. */
    Tensor shared(String name, long... dimensions) {
        return graph.constant(name, typeOf(Shape.of(dimensions)));
    }

    TensorType typeOf(Shape shape) {
        return new TensorType(type, shape);
    }

    /** x [..., in] times weights [in, out] plus bias [out]. */
    Tensor linear(Tensor x, String name, long out) {
        return linear(x, name, out, Bias.YES);
    }

    /** x [..., in] times weights [in, out], with or without a bias [out]. */
    Tensor linear(Tensor x, String name, long out, Bias bias) {
        Tensor product = graph.add(name, new MatMul(), x, parameter(name + ".weight", x.shape().dimension(-1), out));
        return bias == Bias.YES ? add(name + ".bias", product, parameter(name + ".bias", out)) : product;
    }

    /** x [..., in] times the transpose of a table [out, in], which is how an embedding serves as output layer. */
    Tensor tied(Tensor x, String name, Tensor table) {
        return graph.add(name, new MatMul(Operand.PLAIN, Operand.TRANSPOSED), x, table);
    }

    /** A square convolution over an image [batch, channels, height, width], with or without a bias. */
    Tensor convolution(Tensor x, String name, long filters, Spatial window, long groups, Bias bias) {
        long side = window.kernel().getFirst();
        List<Tensor> operands = new ArrayList<>(
                List.of(x, parameter(name + ".weight", filters, x.shape().dimension(1) / groups, side, side)));
        if (bias == Bias.YES) {
            operands.add(parameter(name + ".bias", filters));
        }
        return graph.add(name, new Convolution(window, groups), operands.toArray(Tensor[]::new));
    }

    /** Rows of a table [rows, width]. */
    Tensor embedding(Tensor ids, String name, long rows, long width) {
        return lookUp(ids, name, parameter(name + ".weight", rows, width));
    }

    /** Rows of a table that is used elsewhere too. */
    Tensor lookUp(Tensor ids, String name, Tensor table) {
        return graph.add(name, new Gather(0), table, ids);
    }

    Tensor layerNorm(Tensor x, String name) {
        long width = x.shape().dimension(-1);
        return graph.add(
                name,
                new Normalization(Normalization.Kind.LAYER),
                x,
                parameter(name + ".weight", width),
                parameter(name + ".bias", width));
    }

    /** A layer norm with a scale alone. */
    Tensor scaledNorm(Tensor x, String name) {
        return graph.add(
                name,
                new Normalization(Normalization.Kind.LAYER),
                x,
                parameter(name + ".weight", x.shape().dimension(-1)));
    }

    Tensor rmsNorm(Tensor x, String name) {
        return graph.add(
                name,
                new Normalization(Normalization.Kind.RMS),
                x,
                parameter(name + ".weight", x.shape().dimension(-1)));
    }

    Tensor activation(Tensor x, String name, Function function) {
        return graph.add(name, new Activation(function, x.type().type()), x);
    }

    Tensor cast(Tensor x, String name) {
        return graph.add(name, new Activation(Function.CAST, type), x);
    }

    Tensor add(String name, Tensor a, Tensor b) {
        return graph.add(name, new Elementwise(Kind.ADD), a, b);
    }

    Tensor multiply(String name, Tensor a, Tensor b) {
        return graph.add(name, new Elementwise(Kind.MULTIPLY), a, b);
    }

    Tensor reshape(Tensor x, String name, long... dimensions) {
        return graph.add(name, new Reshape(Shape.of(dimensions)), x);
    }

    Tensor transpose(Tensor x, String name, Integer... permutation) {
        return graph.add(name, Transpose.of(permutation), x);
    }

    /** The vector of the first token of each sequence: [batch, tokens, width] to [batch, width]. */
    Tensor firstToken(Tensor x) {
        return oneToken(x, "first_token", 0);
    }

    /** The vector of the last token of each sequence: [batch, tokens, width] to [batch, width]. */
    Tensor lastToken(Tensor x) {
        return oneToken(x, "last_token", x.shape().dimension(1) - 1);
    }

    private Tensor oneToken(Tensor x, String name, long at) {
        Tensor token = graph.add(name, Slice.of(1, at, 1), x);
        return reshape(token, name + ".squeeze", x.shape().dimension(0), x.shape().dimension(2));
    }

    /** Equal parts of the innermost dimension. */
    List<Tensor> split(Tensor x, String name, int parts) {
        List<Long> lengths = Collections.nCopies(parts, x.shape().dimension(-1) / parts);
        return graph.addAll(name, Slice.split(-1, lengths), List.of(x));
    }

    /**
     * What is added to attention scores so that padding gets no weight: 0 or the most negative number.
     *
     * @param mask 1 for tokens, 0 for padding: [batch, tokens]
     * @return [batch, 1, 1, tokens]
     */
    Tensor paddingMask(Tensor mask) {
        Tensor numbers = cast(mask, "attention_mask.cast");
        Tensor padding = graph.add(
                "attention_mask.invert", new Elementwise(Kind.SUBTRACT), constant("attention_mask.one", 1), numbers);
        Tensor scaled = multiply("attention_mask.scale", padding, constant("attention_mask.lowest", 1));
        return reshape(scaled, "attention_mask.view", mask.shape().dimension(0), 1, 1, mask.shape().dimension(1));
    }

    /** Padding and, for each of the last {@code queries} tokens, what comes after it: [batch, 1, queries, tokens]. */
    Tensor causalMask(Tensor mask, long queries) {
        Tensor padding = paddingMask(mask);
        return add("causal_mask", padding, constant("causal_mask", 1, 1, queries, mask.shape().dimension(1)));
    }

    /** The function that a config names. */
    static Function function(Config config, String key, String otherwise) {
        return functionNamed(config, key, config.text(key, otherwise));
    }

    /** The function of this name, which a config has under this key. */
    static Function functionNamed(Config config, String key, String name) {
        return switch (name) {
            case "gelu", "gelu_python" -> Function.GELU;
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> Function.GELU_TANH;
            case "quick_gelu" -> Function.QUICK_GELU;
            case "relu" -> Function.RELU;
            case "silu", "swish" -> Function.SILU;
            case "tanh" -> Function.TANH;
            default ->
                throw new UserError(config.origin() + ": " + key + " \"" + name + "\" is not known; known are gelu,"
                        + " gelu_new, gelu_fast, gelu_pytorch_tanh, quick_gelu, relu, silu, swish, tanh");
        };
    }
}

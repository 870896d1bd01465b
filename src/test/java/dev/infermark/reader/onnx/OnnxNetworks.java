package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxFile.attribute;

import java.util.List;

/** Whole networks in ONNX, node by node as exporters write them. */
public final class OnnxNetworks {

    private OnnxNetworks() {}

    /** {@link #resNet50} as a file. */
    public static byte[] resNet50Bytes() {
        return resNet50().model().toByteArray();
    }

    /** {@link #bertBase} as a file. */
    public static byte[] bertBaseBytes() {
        return bertBase().model().toByteArray();
    }

    /** torchvision's ResNet-50, its weights stripped, as the light models have them. */
    static OnnxFile resNet50() {
        OnnxFile file = new OnnxFile(9);
        String x = convolution(file, file.input("data", 1, 3, 224, 224), "conv1", 3, 64, 7, 2, Activation.RELU);
        x = file.node(
                "MaxPool",
                "pool1",
                List.of(x),
                attribute("kernel_shape", List.of(3L, 3L)),
                attribute("strides", List.of(2L, 2L)),
                attribute("pads", List.of(1L, 1L, 1L, 1L)));
        long channels = 64;
        int[] blocks = {3, 4, 6, 3};
        for (int stage = 0; stage < 4; stage++) {
            long width = 64L << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                String path = "layer" + (stage + 1) + "." + block;
                long stride = stage > 0 && block == 0 ? 2 : 1;
                String y = convolution(file, x, path + ".conv1", channels, width, 1, 1, Activation.RELU);
                y = convolution(file, y, path + ".conv2", width, width, 3, stride, Activation.RELU);
                y = convolution(file, y, path + ".conv3", width, 4 * width, 1, 1, Activation.NONE);
                String shortcut = block == 0
                        ? convolution(
                                file, x, path + ".downsample", channels, 4 * width, 1, stride, Activation.NONE)
                        : x;
                x = file.op("Relu", List.of(file.op("Add", List.of(y, shortcut))));
                channels = 4 * width;
            }
        }
        String pooled = file.op("Flatten", List.of(file.op("GlobalAveragePool", List.of(x))));
        String weights = file.light("fc.weight", 1000, channels);
        return file.output(file.node(
                "Gemm", "logits", List.of(pooled, weights, file.light("fc.bias", 1000)), attribute("transB", 1)));
    }

    private enum Activation {
        RELU,
        NONE
    }

    private static String convolution(
            OnnxFile file,
            String x,
            String name,
            long from,
            long to,
            long kernel,
            long stride,
            Activation activation) {
        long pad = kernel / 2;
        String y = file.op(
                "Conv",
                List.of(x, file.light(name + ".weight", to, from, kernel, kernel)),
                attribute("kernel_shape", List.of(kernel, kernel)),
                attribute("strides", List.of(stride, stride)),
                attribute("pads", List.of(pad, pad, pad, pad)));
        y = file.op(
                "BatchNormalization",
                List.of(
                        y,
                        file.light(name + ".bn.weight", to),
                        file.light(name + ".bn.bias", to),
                        file.light(name + ".bn.mean", to),
                        file.light(name + ".bn.var", to)));
        return activation == Activation.RELU ? file.op("Relu", List.of(y)) : y;
    }

    /** BERT-base as PyTorch exports it at opset 14: everything decomposed, shapes computed at run time. */
    static OnnxFile bertBase() {
        OnnxFile file = new OnnxFile(14);
        String ids = file.ids("input_ids", "batch_size", "sequence_length");
        String mask = file.ids("attention_mask", "batch_size", "sequence_length");
        String segments = file.ids("token_type_ids", "batch_size", "sequence_length");
        String additive = additiveMask(file, mask);
        String words = embedding(file, "embeddings.word_embeddings", 30522, ids);
        String types = embedding(file, "embeddings.token_type_embeddings", 2, segments);
        String length = file.op("Gather", List.of(file.op("Shape", List.of(ids)), file.scalar("one", 1)));
        String ends = file.op("Unsqueeze", List.of(length, file.constant("axis0", 0)));
        file.numbers("embeddings.position_ids", java.util.stream.LongStream.range(0, 512).toArray());
        String positions = file.op(
                "Slice",
                List.of(
                        file.op("Unsqueeze", List.of("embeddings.position_ids", "axis0")),
                        file.constant("zero", 0),
                        ends,
                        file.constant("axis1", 1)));
        String places = embedding(file, "embeddings.position_embeddings", 512, positions);
        String x = file.op("Add", List.of(file.op("Add", List.of(words, types)), places));
        x = layerNorm(file, x, "embeddings.LayerNorm");
        for (int i = 0; i < 12; i++) {
            x = layer(file, x, additive, "encoder.layer." + i);
        }
        String first = file.op("Gather", List.of(x, file.scalar("first", 0)), attribute("axis", 1));
        String pooled = file.node(
                "Gemm",
                "pooled",
                List.of(first, file.weight("pooler.dense.weight", 768, 768), file.weight("pooler.dense.bias", 768)),
                attribute("transB", 1));
        return file.output(x).output(file.op("Tanh", List.of(pooled)));
    }

    private static String embedding(OnnxFile file, String name, long rows, String ids) {
        return file.op("Gather", List.of(file.weight(name + ".weight", rows, 768), ids));
    }

    /** (1 − mask) · lowest as [batch, 1, 1, tokens]. */
    private static String additiveMask(OnnxFile file, String mask) {
        String wide = file.op("Unsqueeze", List.of(mask, file.constant("axes12", 1, 2)));
        String numbers = file.op("Cast", List.of(wide), attribute("to", 1));
        String inverted = file.op("Sub", List.of(file.number("mask.one", 1), numbers));
        return file.op("Mul", List.of(inverted, file.number("mask.lowest", -3.4e38f)));
    }

    private static String layer(OnnxFile file, String x, String mask, String path) {
        String attention = path + ".attention";
        String shape = file.op("Shape", List.of(x));
        String q = heads(file, linear(file, x, attention + ".self.query", 768, 768), shape, List.of(0L, 2L, 1L, 3L));
        String k = heads(file, linear(file, x, attention + ".self.key", 768, 768), shape, List.of(0L, 2L, 3L, 1L));
        String v = heads(file, linear(file, x, attention + ".self.value", 768, 768), shape, List.of(0L, 2L, 1L, 3L));
        String scores = file.op("MatMul", List.of(q, k));
        scores = file.op("Div", List.of(scores, file.number(path + ".root", 8)));
        scores = file.op("Add", List.of(scores, mask));
        String probabilities = file.op("Softmax", List.of(scores), attribute("axis", -1));
        String context = file.op("MatMul", List.of(probabilities, v));
        context = file.op("Transpose", List.of(context), attribute("perm", List.of(0L, 2L, 1L, 3L)));
        context = file.op("Reshape", List.of(context, target(file, shape, 768)));
        String residual = file.op("Add", List.of(linear(file, context, attention + ".output.dense", 768, 768), x));
        String y = layerNorm(file, residual, attention + ".output.LayerNorm");
        String inner = gelu(file, linear(file, y, path + ".intermediate.dense", 768, 3072), path);
        String outer = file.op("Add", List.of(linear(file, inner, path + ".output.dense", 3072, 768), y));
        return layerNorm(file, outer, path + ".output.LayerNorm");
    }

    private static String heads(OnnxFile file, String x, String shape, List<Long> permutation) {
        String split = file.op("Reshape", List.of(x, target(file, shape, 12, 64)));
        return file.op("Transpose", List.of(split), attribute("perm", permutation));
    }

    /** The shape [batch, tokens, last...] as a graph computes it at run time. */
    private static String target(OnnxFile file, String shape, long... last) {
        String batch = file.op("Gather", List.of(shape, "first_axis"));
        String tokens = file.op("Gather", List.of(shape, "one"));
        return file.op(
                "Concat",
                List.of(
                        file.op("Unsqueeze", List.of(batch, "axis0")),
                        file.op("Unsqueeze", List.of(tokens, "axis0")),
                        last.length == 1 ? "last1" : "last2"),
                attribute("axis", 0));
    }

    private static String linear(OnnxFile file, String x, String name, long from, long to) {
        if (file.graph.getNodeList().stream().noneMatch(node -> node.getOutputList().contains("last1"))) {
            file.scalar("first_axis", 0);
            file.constant("last1", 768);
            file.constant("last2", 12, 64);
        }
        String product = file.op("MatMul", List.of(x, file.weight(name + ".weight.transposed", from, to)));
        return file.op("Add", List.of(file.weight(name + ".bias", to), product));
    }

    static String layerNorm(OnnxFile file, String x, String name) {
        String mean = file.op("ReduceMean", List.of(x), attribute("axes", List.of(-1L)));
        String centred = file.op("Sub", List.of(x, mean));
        String square = file.op("Pow", List.of(centred, file.number(name + ".two", 2)));
        String variance = file.op("ReduceMean", List.of(square), attribute("axes", List.of(-1L)));
        String root = file.op(
                "Sqrt", List.of(file.op("Add", List.of(variance, file.number(name + ".epsilon", 1e-12f)))));
        String normalized = file.op("Div", List.of(centred, root));
        String scaled = file.op("Mul", List.of(normalized, file.weight(name + ".weight", 768)));
        return file.op("Add", List.of(scaled, file.weight(name + ".bias", 768)));
    }

    static String gelu(OnnxFile file, String x, String name) {
        String scaled = file.op("Div", List.of(x, file.number(name + ".root2", 1.4142135f)));
        String shifted = file.op("Add", List.of(file.op("Erf", List.of(scaled)), file.number(name + ".one", 1)));
        String gated = file.op("Mul", List.of(x, shifted));
        return file.op("Mul", List.of(gated, file.number(name + ".half", 0.5f)));
    }
}

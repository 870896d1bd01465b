package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxOperator.one;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Resize;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.reader.translate.Images;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Layout;
import dev.infermark.reader.translate.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators on images [batch, channels, spatial...]. */
final class OnnxImages {

    private OnnxImages() {}

    static Map<String, OnnxOperator> operators() {
        Map<String, OnnxOperator> operators = new HashMap<>();
        operators.put("Conv", one(OnnxImages::convolution));
        operators.put("ConvTranspose", one(OnnxImages::transposedConvolution));
        operators.put("MaxPool", one(node -> pool(node, Pool.Kind.MAX)));
        operators.put("AveragePool", one(node -> pool(node, Pool.Kind.AVERAGE)));
        operators.put("LpPool", one(node -> pool(node, Pool.Kind.AVERAGE)));
        operators.put("GlobalAveragePool", one(node -> global(node, Reduce.Kind.MEAN)));
        operators.put("GlobalMaxPool", one(node -> global(node, Reduce.Kind.MAX)));
        operators.put("GlobalLpPool", one(node -> global(node, Reduce.Kind.NORM)));
        operators.put("Resize", one(OnnxImages::resize));
        operators.put("Upsample", one(OnnxImages::resize));
        return operators;
    }

    private static Value convolution(OnnxNode node) {
        return node.has(2)
                ? convolution(node, node.input(0), node.input(1), node.input(2))
                : convolution(node, node.input(0), node.input(1));
    }

    /** A convolution with the node's attributes. */
    static Value convolution(OnnxNode node, Value x, Value weights, Value... bias) {
        List<Long> kernel = Images.spatial(weights, Layout.AS_WRITTEN);
        Convolution operator = new Convolution(window(node, x, kernel), node.integer("group", 1));
        List<Value> operands = new ArrayList<>(List.of(x, weights));
        operands.addAll(List.of(bias));
        return node.graph().addAll(node.name(), operator, operands).getFirst();
    }

    private static Value transposedConvolution(OnnxNode node) {
        Value x = node.input(0);
        List<Long> kernel = Images.spatial(node.input(1), Layout.AS_WRITTEN);
        int rank = kernel.size();
        List<Long> strides = node.integers("strides", Windows.ones(rank));
        List<Long> dilations = node.integers("dilations", Windows.ones(rank));
        List<Long> extra = new ArrayList<>(node.integers("output_padding", Windows.zeros(rank)));
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        List<Long> pads = node.integers("pads", Windows.zeros(2 * rank));
        for (int i = 0; i < rank; i++) {
            before.add(pads.get(i));
            after.add(pads.get(i + rank));
            long extent = dilations.get(i) * (kernel.get(i) - 1) + 1;
            long unpadded = (x.dimension(i + 2) - 1) * strides.get(i) + extent + extra.get(i);
            boolean isSame = node.text("auto_pad", "NOTSET").startsWith("SAME");
            if (isSame || node.has("output_shape")) {
                List<Long> shape = node.integers("output_shape", List.of());
                long wanted = shape.isEmpty()
                        ? x.dimension(i + 2) * strides.get(i)
                        : shape.get(shape.size() - rank + i);
                before.set(i, (unpadded - wanted) / 2);
                after.set(i, unpadded - wanted - before.get(i));
            }
        }
        Spatial window = new Spatial(kernel, strides, dilations, before, after);
        return node.graph()
                .addAll(node.name(), new TransposedConvolution(window, node.integer("group", 1), extra), node.inputs())
                .getFirst();
    }

    private static Value pool(OnnxNode node, Pool.Kind kind) {
        List<Long> kernel = node.integers("kernel_shape", List.of());
        Spatial.Rounding rounding =
                node.integer("ceil_mode", 0) == 0 ? Spatial.Rounding.DOWN : Spatial.Rounding.UP;
        return node.graph().add(
                node.name(), new Pool(kind, window(node, node.input(0), kernel), rounding), node.input(0));
    }

    private static Value global(OnnxNode node, Reduce.Kind kind) {
        Value x = node.input(0);
        List<Integer> spatial = IntStream.range(2, x.shape().rank()).boxed().toList();
        return node.graph().add(node.name(), new Reduce(kind, spatial, Reduce.Axes.KEPT), x);
    }

    /** The window that a node's attributes describe. */
    private static Spatial window(OnnxNode node, Value x, List<Long> kernel) {
        int rank = kernel.size();
        List<Long> strides = node.integers("strides", Windows.ones(rank));
        List<Long> dilations = node.integers("dilations", Windows.ones(rank));
        List<Long> input = Images.spatial(x, Layout.AS_WRITTEN);
        return switch (node.text("auto_pad", "NOTSET")) {
            case "SAME_UPPER" -> Windows.padded(Windows.Padding.SAME_UPPER, input, kernel, strides, dilations);
            case "SAME_LOWER" -> Windows.padded(Windows.Padding.SAME_LOWER, input, kernel, strides, dilations);
            case "VALID" -> Windows.padded(Windows.Padding.VALID, input, kernel, strides, dilations);
            default -> {
                List<Long> pads = node.integers("pads", Windows.zeros(2 * rank));
                yield new Spatial(
                        kernel, strides, dilations, pads.subList(0, rank), pads.subList(rank, pads.size()));
            }
        };
    }

    private static Value resize(OnnxNode node) {
        Value x = node.input(0);
        int rank = x.shape().rank();
        List<Integer> axes = node.integers("axes")
                .map(OnnxNode::axes)
                .orElse(IntStream.range(0, rank).boxed().toList());
        boolean hasSizes = node.has(3) && node.input(3).shape().elements() > 0;
        Shape shape = x.shape();
        for (int i = 0; i < axes.size(); i++) {
            long size = hasSizes
                    ? node.known(3).numbers().get(i)
                    : (long) Math.floor(shape.dimension(axes.get(i)) * scales(node).get(i));
            shape = shape.with(axes.get(i), size);
        }
        int taps =
                switch (node.text("mode", "nearest")) {
                    case "linear", "bilinear" -> 4;
                    case "cubic" -> 16;
                    default -> 1;
                };
        return shape.equals(x.shape()) ? x : node.graph().add(node.name(), new Resize(shape, taps), x);
    }

    private static List<Double> scales(OnnxNode node) {
        if (node.has("scales")) {
            return node.attribute("scales").orElseThrow().getFloatsList().stream()
                    .map(Float::doubleValue)
                    .toList();
        }
        return node.known(node.has(2) ? 2 : 1).elements();
    }
}

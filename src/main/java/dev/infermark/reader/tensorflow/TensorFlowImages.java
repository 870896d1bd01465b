package dev.infermark.reader.tensorflow;

import static dev.infermark.reader.tensorflow.TensorFlowOperator.one;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Resize;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.reader.translate.Images;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Layout;
import dev.infermark.reader.translate.Windows;
import dev.infermark.reader.translate.Windows.Padding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operators on images. */
final class TensorFlowImages {

    private TensorFlowImages() {}

    static Map<String, TensorFlowOperator> operators() {
        Map<String, TensorFlowOperator> operators = new HashMap<>();
        operators.put("Conv2D", one(TensorFlowImages::convolution));
        operators.put("DepthwiseConv2dNative", one(TensorFlowImages::depthwise));
        operators.put("Conv2DBackpropInput", one(TensorFlowImages::transposed));
        operators.put("MaxPool", one(node -> pool(node, Pool.Kind.MAX)));
        operators.put("AvgPool", one(node -> pool(node, Pool.Kind.AVERAGE)));
        for (String name : List.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3")) {
            operators.put(name, one(node -> node.images().batchNormalization(
                    node.name(), node.input(0), node.layout(), node.inputs().subList(1, 5))));
        }
        for (String name : List.of("Pad", "PadV2", "MirrorPad")) {
            operators.put(name, one(TensorFlowImages::pad));
        }
        operators.put("ResizeBilinear", one(node -> resize(node, 4)));
        operators.put("ResizeNearestNeighbor", one(node -> resize(node, 1)));
        operators.put("ResizeBicubic", one(node -> resize(node, 16)));
        return operators;
    }

    /** Filters are [height, width, channels per group, filters]. */
    private static Value convolution(TensorFlowNode node) {
        Value weights = node.graph().transposed(node.name() + ".weights", node.input(1), List.of(3, 2, 0, 1));
        long channels = spatialLayoutChannels(node);
        long groups = channels / Math.max(1, weights.dimension(1));
        return add(node, new Convolution(window(node, weights.shape()), groups), weights);
    }

    /** Filters are [height, width, channels, multiplier]. */
    private static Value depthwise(TensorFlowNode node) {
        Shape shape = node.input(1).shape();
        Value ordered = node.graph().transposed(node.name() + ".weights", node.input(1), List.of(2, 3, 0, 1));
        long filters = shape.dimension(2) * shape.dimension(3);
        Value weights = node.movement().reshape(
                node.name() + ".weights", ordered, Shape.of(filters, 1, shape.dimension(0), shape.dimension(1)));
        return add(node, new Convolution(window(node, weights.shape()), shape.dimension(2)), weights);
    }

    /** Inputs are (shape of the result, filters [height, width, result channels, channels], image). */
    private static Value transposed(TensorFlowNode node) {
        Value image = node.input(2);
        Value weights = node.graph().transposed(node.name() + ".weights", node.input(1), List.of(3, 2, 0, 1));
        List<Long> kernel = weights.shape().dimensions().subList(2, 4);
        List<Long> strides = spatial(node, node.integers("strides"));
        List<Long> wanted = spatial(node, node.numbers(0));
        List<Long> from = Images.spatial(image, node.layout());
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        List<Long> extra = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long excess = (from.get(i) - 1) * strides.get(i) + kernel.get(i) - wanted.get(i);
            before.add(Math.max(0, excess / 2));
            after.add(Math.max(0, excess - excess / 2));
            extra.add(Math.max(0, -excess));
        }
        Spatial window = new Spatial(kernel, strides, Windows.ones(2), before, after);
        return node.images()
                .add(node.name(), new TransposedConvolution(window, 1, extra), image, node.layout(), weights);
    }

    private static Value add(TensorFlowNode node, Operator operator, Value weights) {
        return node.images().add(node.name(), operator, node.input(0), node.layout(), weights);
    }

    private static long spatialLayoutChannels(TensorFlowNode node) {
        return node.input(0).dimension(node.layout() == Layout.CHANNELS_LAST ? -1 : 1);
    }

    private static Value pool(TensorFlowNode node, Pool.Kind kind) {
        List<Long> kernel = spatial(node, node.integers("ksize"));
        Spatial window = window(node, new Shape(List.of(1L, 1L, kernel.get(0), kernel.get(1))));
        return node.images().pool(
                node.name(), new Pool(kind, window, Spatial.Rounding.DOWN), node.input(0), node.layout());
    }

    private static Spatial window(TensorFlowNode node, Shape weights) {
        List<Long> kernel = weights.dimensions().subList(2, 4);
        List<Long> strides = spatial(node, node.integers("strides"));
        List<Long> dilations = node.integers("dilations").size() == 4
                ? spatial(node, node.integers("dilations"))
                : Windows.ones(2);
        if (node.text("padding").equals("EXPLICIT")) {
            List<Long> pads = node.integers("explicit_paddings");
            int height = node.layout() == Layout.CHANNELS_LAST ? 1 : 2;
            return new Spatial(
                    kernel,
                    strides,
                    dilations,
                    List.of(pads.get(2 * height), pads.get(2 * height + 2)),
                    List.of(pads.get(2 * height + 1), pads.get(2 * height + 3)));
        }
        Padding padding = node.text("padding").equals("SAME") ? Padding.SAME_UPPER : Padding.VALID;
        return Windows.padded(padding, Images.spatial(node.input(0), node.layout()), kernel, strides, dilations);
    }

    /** The entries for height and width of a list with one per axis. */
    private static List<Long> spatial(TensorFlowNode node, List<Long> perAxis) {
        int height = node.layout() == Layout.CHANNELS_LAST ? 1 : 2;
        return perAxis.size() == 2 ? perAxis : perAxis.subList(height, height + 2);
    }

    private static Value pad(TensorFlowNode node) {
        List<Long> pads = node.numbers(1);
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int axis = 0; axis < pads.size() / 2; axis++) {
            before.add(pads.get(2 * axis));
            after.add(pads.get(2 * axis + 1));
        }
        return node.movement().pad(node.name(), node.input(0), before, after);
    }

    private static Value resize(TensorFlowNode node, int taps) {
        List<Long> sizes = node.numbers(1);
        Value image = node.input(0);
        Shape shape = Shape.of(image.dimension(0), image.dimension(3), sizes.get(0), sizes.get(1));
        return node.images().add(node.name(), new Resize(shape, taps), image, Layout.CHANNELS_LAST);
    }
}

package dev.infermark.reader.hlo;

import dev.infermark.graph.CumulativeSum;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Combinations of elements along axes and in windows. */
final class HloReductions {

    private HloReductions() {}

    /** A reduction; of several arrays at once, the positions of the largest or smallest elements. */
    static Optional<HloValue> reduce(HloNode node) {
        List<Integer> axes = node.instruction().axes("dimensions");
        if (node.instruction().shape().array().isEmpty()) {
            return Optional.of(several(node, axes));
        }
        Value x = node.complete(0);
        if (axes.isEmpty()) {
            return Optional.of(new HloValue.Array(x));
        }
        return kind(node).map(kind -> new HloValue.Array(
                node.graph().add(node.name(), new Reduce(kind, axes, Reduce.Axes.DROPPED), x)));
    }

    private static HloValue several(HloNode node, List<Integer> axes) {
        List<HloValue> parts = new ArrayList<>();
        int arrays = node.instruction().shape().parts().size();
        for (int i = 0; i < arrays; i++) {
            Value x = node.complete(i);
            Reduce.Kind kind = x.type().isFloatingPoint() ? Reduce.Kind.MAX : Reduce.Kind.ARGUMENT;
            Reduce reduce = new Reduce(kind, axes, Reduce.Axes.DROPPED);
            parts.add(new HloValue.Array(node.graph().add(node.name() + "." + i, reduce, x)));
        }
        return new HloValue.Tuple(parts);
    }

    private static Optional<Reduce.Kind> kind(HloNode node) {
        String combination = node.module()
                .computation(node.instruction().called().getFirst())
                .result()
                .opcode();
        return switch (combination) {
            case "add" -> Optional.of(Reduce.Kind.SUM);
            case "multiply" -> Optional.of(Reduce.Kind.PRODUCT);
            case "maximum", "or" -> Optional.of(Reduce.Kind.MAX);
            case "minimum", "and" -> Optional.of(Reduce.Kind.MIN);
            default -> Optional.empty();
        };
    }

    /**
     * Normalisation of each feature by its own statistics. Scaled by one number, features are the rows of a layer
     * normalisation, which frameworks write so; scaled one by one, they are groups of channels. The features' axis is
     * moved by renaming, which costs nothing.
     */
    static Optional<HloValue> normalized(HloNode node) {
        Value x = node.complete(0);
        int feature = (int) node.instruction().number("feature_index", 0);
        Shape shape = x.shape();
        long features = shape.dimension(feature);
        Shape rows = Shape.of(features, shape.elements() / Math.max(1, features));
        Value matrix = node.movement().reshape(node.name() + ".rows", x, rows);
        boolean isScaled = IntStream.of(1, 2).anyMatch(i -> node.operand(i).literal().isEmpty());
        Value normal = isScaled
                ? channels(node, node.movement().unsqueeze(node.name() + ".batch", matrix, List.of(0)), features)
                : node.graph().add(node.name(), new Normalization(Normalization.Kind.LAYER), matrix);
        List<HloValue> results = new ArrayList<>();
        results.add(new HloValue.Array(node.movement().reshape(node.name() + ".result", normal, shape)));
        for (String statistic : List.of(".mean", ".variance")) {
            Reduce reduce = new Reduce(Reduce.Kind.MEAN, List.of(1), Reduce.Axes.DROPPED);
            results.add(new HloValue.Array(node.graph().add(node.name() + statistic, reduce, matrix)));
        }
        return Optional.of(new HloValue.Tuple(results));
    }

    private static Value channels(HloNode node, Value image, long features) {
        return node.graph()
                .add(
                        node.name(),
                        new Normalization(Normalization.Kind.GROUP, features),
                        image,
                        node.complete(1),
                        node.complete(2));
    }

    /** Pooling over the axes whose window is larger than one, or running sums over a window as long as the axis. */
    static Optional<Value> window(HloNode node) {
        Value x = node.complete(0);
        List<Long> sizes = node.instruction().list("window_size");
        if (sizes.size() != x.shape().rank()) {
            return Optional.empty();
        }
        List<Integer> windowed = IntStream.range(0, sizes.size())
                .filter(axis -> sizes.get(axis) > 1 || stride(node, axis) > 1)
                .boxed()
                .toList();
        if (windowed.isEmpty()) {
            return Optional.of(x);
        }
        int first = windowed.getFirst();
        if (windowed.size() == 1 && sizes.get(first) == x.dimension(first) && node.shape().equals(x.shape())) {
            return Optional.of(node.graph().add(node.name(), new CumulativeSum(first), x));
        }
        return kind(node)
                .filter(kind -> kind == Reduce.Kind.SUM || kind == Reduce.Kind.MAX || kind == Reduce.Kind.MIN)
                .map(kind -> pooled(node, x, windowed, kind));
    }

    /** The windowed axes moved inside by renaming, which costs nothing. */
    private static Value pooled(HloNode node, Value x, List<Integer> windowed, Reduce.Kind kind) {
        List<Long> sizes = node.instruction().list("window_size");
        List<Long> pads = node.instruction().list("window_pad");
        List<Long> image = new ArrayList<>(List.of(1L, 1L));
        List<Long> kernel = new ArrayList<>();
        List<Long> strides = new ArrayList<>();
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int axis : windowed) {
            image.add(x.dimension(axis));
            kernel.add(sizes.get(axis));
            strides.add(stride(node, axis));
            before.add(pads.isEmpty() ? 0 : pads.get(2 * axis));
            after.add(pads.isEmpty() ? 0 : pads.get(2 * axis + 1));
        }
        long spatial = image.stream().reduce(1L, Math::multiplyExact);
        image.set(1, x.shape().elements() / Math.max(1, spatial));
        Spatial window = new Spatial(kernel, strides, Windows.ones(kernel.size()), before, after);
        Pool pool = new Pool(
                kind == Reduce.Kind.SUM ? Pool.Kind.AVERAGE : Pool.Kind.MAX, window, Spatial.Rounding.DOWN);
        Value renamed = node.movement().reshape(node.name() + ".layout", x, new Shape(image));
        Value result = node.graph().add(node.name(), pool, renamed);
        return node.movement().reshape(node.name() + ".result", result, node.shape());
    }

    private static long stride(HloNode node, int axis) {
        List<Long> strides = node.instruction().list("window_stride");
        return strides.isEmpty() ? 1 : strides.get(axis);
    }
}

package dev.infermark.reader.hlo;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.reader.translate.Contraction;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Products of tensors and convolutions. */
final class HloContractions {

    private HloContractions() {}

    /** The result of an instruction of this kind. */
    static Optional<Value> translate(HloNode node) {
        return switch (node.instruction().opcode()) {
            case "dot" -> Optional.of(dot(node));
            case "convolution" -> Optional.of(convolution(node));
            default -> Optional.empty();
        };
    }

    /** Axes that are summed or stacked get the same label on both sides. */
    private static Value dot(HloNode node) {
        HloInstruction instruction = node.instruction();
        Value left = node.complete(0);
        Value right = node.complete(1);
        int leftRank = left.shape().rank();
        List<Integer> leftAxes = new ArrayList<>(IntStream.range(0, leftRank).boxed().toList());
        List<Integer> rightAxes = new ArrayList<>(
                IntStream.range(leftRank, leftRank + right.shape().rank()).boxed().toList());
        List<Integer> leftBatch = instruction.axes("lhs_batch_dims");
        List<Integer> leftSummed = instruction.axes("lhs_contracting_dims");
        join(rightAxes, instruction.axes("rhs_batch_dims"), leftBatch);
        join(rightAxes, instruction.axes("rhs_contracting_dims"), leftSummed);
        List<Integer> result = new ArrayList<>(leftBatch);
        leftAxes.stream().filter(axis -> !leftBatch.contains(axis) && !leftSummed.contains(axis)).forEach(result::add);
        rightAxes.stream().filter(axis -> axis >= leftRank).forEach(result::add);
        Value product = new Contraction(node.graph())
                .contract(node.name(), left, leftAxes, right, rightAxes, result);
        return node.movement().reshape(node.name() + ".shape", product, node.shape());
    }

    private static void join(List<Integer> axes, List<Integer> right, List<Integer> left) {
        if (right.size() != left.size()) {
            throw new IllegalArgumentException("axes " + left + " and " + right + " of a product do not pair");
        }
        for (int i = 0; i < right.size(); i++) {
            axes.set(right.get(i), left.get(i));
        }
    }

    private static Value convolution(HloNode node) {
        HloInstruction instruction = node.instruction();
        String[] labels = instruction.text("dim_labels").split("_|->", -1);
        if (labels.length != 3) {
            throw new IllegalArgumentException("a convolution without dim_labels");
        }
        int rank = labels[0].length() - 2;
        String spatial = "0123456789".substring(0, rank);
        Value image = ordered(node, node.complete(0), labels[0], "bf" + spatial, ".image");
        Value weights = ordered(node, node.complete(1), labels[1], "oi" + spatial, ".weights");
        List<Long> pads = padding(instruction, rank);
        List<Long> before = IntStream.range(0, rank).mapToObj(i -> pads.get(2 * i)).toList();
        List<Long> after = IntStream.range(0, rank).mapToObj(i -> pads.get(2 * i + 1)).toList();
        List<Long> kernel = weights.shape().dimensions().subList(2, rank + 2);
        List<Long> dilations = orOnes(instruction.list("window_rhs_dilate"), rank);
        List<Long> spread = orOnes(instruction.list("window_lhs_dilate"), rank);
        long groups = instruction.number("feature_group_count", 1);
        Value result = spread.stream().allMatch(step -> step == 1)
                ? node.graph().add(
                        node.name(),
                        new Convolution(
                                new Spatial(
                                        kernel,
                                        orOnes(instruction.list("window_stride"), rank),
                                        dilations,
                                        before,
                                        after),
                                groups),
                        image,
                        weights)
                : upsampled(node, image, weights, new Spatial(kernel, spread, dilations, before, after), groups);
        return renamed(node, result, "bf" + spatial, labels[2]);
    }

    /** An image spread out before a convolution of stride 1 is a transposed convolution. */
    private static Value upsampled(HloNode node, Value image, Value weights, Spatial window, long groups) {
        int rank = window.kernel().size();
        List<Integer> swapped = new ArrayList<>(IntStream.range(0, rank + 2).boxed().toList());
        java.util.Collections.swap(swapped, 0, 1);
        Value forward = node.graph().transposed(node.name() + ".forward", weights, swapped);
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            long extent = window.dilations().get(i) * (window.kernel().get(i) - 1);
            before.add(extent - window.before().get(i));
            after.add(extent - window.after().get(i));
        }
        Spatial transposed = new Spatial(window.kernel(), window.strides(), window.dilations(), before, after);
        return node.graph().add(
                node.name(), new TransposedConvolution(transposed, groups, Windows.zeros(rank)), image, forward);
    }

    private static List<Long> padding(HloInstruction instruction, int rank) {
        List<Long> pads = instruction.list("window_pad");
        return pads.isEmpty() ? Windows.zeros(2 * rank) : pads;
    }

    private static List<Long> orOnes(List<Long> numbers, int rank) {
        return numbers.isEmpty() ? Windows.ones(rank) : numbers;
    }

    /** Weights are laid out before they are loaded; the order of an image's axes is a choice that costs nothing. */
    private static Value ordered(HloNode node, Value value, String from, String to, String suffix) {
        return value.isStored()
                ? new Movement(node.graph())
                        .transpose(node.name() + suffix, value, new Transpose(permutation(from, to)))
                : renamed(node, value, from, to);
    }

    private static Value renamed(HloNode node, Value value, String from, String to) {
        List<Long> dimensions = permutation(from, to).stream().map(value::dimension).toList();
        return node.movement().reshape(
                node.name() + ".layout", value, new dev.infermark.graph.Shape(dimensions));
    }

    private static List<Integer> permutation(String from, String to) {
        return to.chars().mapToObj(label -> from.indexOf(label)).toList();
    }
}

package dev.infermark.reader.hlo;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.TopK;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Custom calls by their target: the markers and fused operations that the Neuron compiler documents as legal (its error
 * EHCA005), and those of JAX and XLA.
 *
 * <p>Targets that compute what no operator here computes, such as hand-written kernels and the backward passes, stay
 * unknown and are named to the user.
 */
final class HloCustomCalls {
    /** Targets that say where a value lies or how it is divided, and hand it on. */
    private static final Set<String> IDENTITIES = Set.of(
            "AwsNeuronTransferWithStaticRing",
            "AwsNeuronLNCShardingConstraint",
            "AwsNeuronDevicePrint",
            "Sharding",
            "LayoutConstraint",
            "annotate_device_placement",
            "MoveToHost",
            "MoveToDevice",
            "xla.sdy.FuncResultSharding");

    private static final String MODULE_MARKER = "AwsNeuronModuleMarker";
    /** Change from the shape of the whole to that of a device's part and back, which are equal on one device. */
    private static final Set<String> PARTITIONS = Set.of(
            "SPMDFullToShardShape",
            "SPMDShardToFullShape",
            "xla.sdy.GlobalToLocalShape",
            "xla.sdy.LocalToGlobalShape");

    private HloCustomCalls() {}

    /** Whether a target hands on its operands. */
    static boolean isIdentity(String target) {
        return IDENTITIES.contains(target) || target.startsWith(MODULE_MARKER);
    }

    /** The result of a custom call; empty where its target is unmodelled. */
    static Optional<HloValue> translate(HloNode node) {
        String target = node.instruction().text("custom_call_target");
        if (isIdentity(target) || PARTITIONS.contains(target)) {
            return handedOn(node);
        }
        return switch (target) {
            case "AwsNeuronErf", "mhlo.erf" -> activation(node, Function.ERF);
            case "AwsNeuronGelu" -> activation(node, Function.GELU);
            case "AwsNeuronGeluApprxTanh" -> activation(node, Function.GELU_TANH);
            case "AwsNeuronSilu" -> activation(node, Function.SILU);
            case "mhlo.tan", "mhlo.asin", "mhlo.acos", "mhlo.atan", "mhlo.sinh", "mhlo.cosh", "mhlo.asinh",
                    "mhlo.acosh", "mhlo.atanh" -> activation(node, Function.TRIGONOMETRIC);
            case "AwsNeuronSoftmax" -> array(alongInnermost(node, (name, x) ->
                    node.graph().add(name, new Softmax(-1), x)));
            case "AwsNeuronRmsNorm" -> array(alongInnermost(node, (name, x) -> rmsNorm(node, name, x)));
            case "AwsNeuronArgMax", "AwsNeuronArgMin" -> array(argument(node));
            case "AwsNeuronTopK", "mhlo.topk", "TopK" -> topK(node);
            case "ResizeNearest" -> array(node.graph().add(
                    node.name(), new dev.infermark.graph.Resize(node.shape(), 1), node.complete(0)));
            default -> Optional.empty();
        };
    }

    /** The operands as the results, where they have the same shapes. */
    private static Optional<HloValue> handedOn(HloNode node) {
        boolean isSame = node.types().size() == node.operands().size()
                && node.types().equals(node.instruction().shape().types());
        return isSame
                ? Optional.of(HloValue.shaped(node.instruction().shape(), new ArrayList<>(node.operands())))
                : Optional.empty();
    }

    private static Optional<HloValue> activation(HloNode node, Function function) {
        DoubleUnaryOperator unfolded = x -> x;
        return node.operand(0).literal().isPresent()
                ? Optional.empty()
                : array(node.arithmetic().unary(node.name(), function, node.operand(0), unfolded));
    }

    private interface Rows {
        Value apply(String name, Value rows);
    }

    /** What works along the axis that the backend's configuration names, the last by default, moved inside. */
    private static Value alongInnermost(HloNode node, Rows operation) {
        Value x = node.complete(0);
        int axis = axis(node, x.shape());
        List<Long> dimensions = new ArrayList<>(x.shape().dimensions());
        dimensions.add(dimensions.remove(axis));
        Value rows = node.movement().reshape(node.name() + ".rows", x, new Shape(dimensions));
        return node.movement().reshape(node.name() + ".result", operation.apply(node.name(), rows), x.shape());
    }

    /** With the learned scale where there is one; a single number is the epsilon. */
    private static Value rmsNorm(HloNode node, String name, Value rows) {
        long width = rows.dimension(rows.shape().rank() - 1);
        List<Value> operands = new ArrayList<>(List.of(rows));
        IntStream.range(1, node.operands().size())
                .filter(i -> node.types().get(i).shape().elements() == width && width > 1)
                .limit(1)
                .mapToObj(i -> node.movement().reshape(name + ".scale", node.complete(i), Shape.of(width)))
                .forEach(operands::add);
        return node.graph().addAll(name, new Normalization(Normalization.Kind.RMS), operands).getFirst();
    }

    private static Value argument(HloNode node) {
        Value x = node.complete(0);
        Reduce reduce =
                new Reduce(Reduce.Kind.ARGUMENT, List.of(axis(node, x.shape())), Reduce.Axes.DROPPED);
        return node.movement().reshape(node.name() + ".shape", node.graph().add(node.name(), reduce, x), node.shape());
    }

    /** Along the axis that becomes shorter; the last where none does. */
    static Optional<HloValue> topK(HloNode node) {
        Value x = node.complete(0);
        List<HloShape> parts = node.instruction().shape().parts();
        if (parts.size() != 2 || parts.getFirst().type().shape().rank() != x.shape().rank()) {
            return Optional.empty();
        }
        Shape largest = parts.getFirst().type().shape();
        int last = x.shape().rank() - 1;
        int axis = IntStream.rangeClosed(0, last)
                .filter(i -> largest.dimension(i) != x.dimension(i))
                .findFirst()
                .orElse(last);
        List<Value> results =
                node.graph().addAll(node.name(), new TopK(axis, largest.dimension(axis)), List.of(x));
        return Optional.of(HloValue.shaped(node.instruction().shape(), new ArrayList<>(results)));
    }

    private static int axis(HloNode node, Shape shape) {
        String configuration = node.instruction().text("backend_config").replaceAll("[\"\\\\{}]", "").strip();
        return shape.axis(configuration.matches("-?\\d{1,2}") ? Integer.parseInt(configuration) : -1);
    }

    private static Optional<HloValue> array(Value value) {
        return Optional.of(new HloValue.Array(value));
    }
}

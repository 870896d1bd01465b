package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Node;
import dev.infermark.graph.TensorType;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which operators beyond the built-in ones can be lowered.
 *
 * @param operators operators whose implementations say what they cost
 * @param movedOnly names of unmodelled operators to cost as reading and writing their tensors
 */
public record CustomSupport(CustomOperators operators, Set<String> movedOnly) {
    /** No operators beyond the built-in ones. */
    public static final CustomSupport NONE = new CustomSupport(CustomOperators.none(), Set.of());

    /** Copies the set. */
    public CustomSupport {
        movedOnly = Set.copyOf(movedOnly);
    }

    /**
     * The cost of a node whose operator is among them and tells its cost.
     *
     * @throws Refusal where the operator does not take the node's inputs
     */
    Optional<OperatorCost> cost(Node node) {
        return node.operator() instanceof Custom custom
                ? operators.find(custom.name()).flatMap(operator -> cost(operator, node))
                : Optional.empty();
    }

    private static Optional<OperatorCost> cost(CustomOperator operator, Node node) {
        try {
            List<TensorSpec> inputs = node.inputs().stream()
                    .map(input -> spec(input.type()))
                    .toList();
            operator.outputs(inputs);
            return operator.cost(inputs);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Refusal(
                    "custom operator " + operator.name() + " (node " + node.name() + ") refuses its inputs: "
                            + e.getMessage());
        }
    }

    /** No engine has 64-bit integers or truth values, so that indices and masks become narrower. */
    private static TensorSpec spec(TensorType tensor) {
        DataType type = switch (tensor.type()) {
            case INT64 -> DataType.INT32;
            case BOOL -> DataType.UINT8;
            case FP32, TF32, BF16, FP16, CFP8, INT32, INT16, INT8, UINT8, FP64 -> tensor.type();
        };
        return new TensorSpec(
                type,
                tensor.shape().dimensions().stream().map(Math::toIntExact).toList());
    }
}

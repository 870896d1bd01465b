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

/** What the custom operators that users register say of their cost. */
final class CustomCosts {
    private CustomCosts() {}

    /**
     * The cost of a node whose operator is registered by its name and tells its cost.
     *
     * @throws Refusal where the registered operator does not take the node's inputs
     */
    static Optional<OperatorCost> of(Node node) {
        return node.operator() instanceof Custom custom
                ? CustomOperators.registered().find(custom.name()).flatMap(operator -> cost(operator, node))
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

package dev.infermark.lower;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Graph;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.graph.Uses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which nodes are absorbed by others.
 *
 * <p>A product (matrix product or convolution) absorbs the chain of nodes that follows it as long as each link is the
 * only reader of the one before, the shapes stay, and no activation function has been applied yet.
 */
final class Fusion {
    private final Uses uses;
    private final Map<String, FusionRule> absorbed = new HashMap<>();
    private final Map<String, Node> productOfChain = new HashMap<>();
    private final Map<String, Node> activationOfProduct = new HashMap<>();

    Fusion(Graph graph, Uses uses) {
        this.uses = uses;
        for (Node node : graph.nodes()) {
            if (isProduct(node)) {
                productOfChain.put(node.output().name(), node);
            } else {
                rule(node).ifPresent(rule -> absorb(node, rule));
            }
        }
    }

    /** The rule by which a node is absorbed, if it is. */
    Optional<FusionRule> of(Node node) {
        return Optional.ofNullable(absorbed.get(node.name()));
    }

    /** The activation that is computed while this product moves out of PSUM, if there is one. */
    Optional<Node> activation(Node product) {
        return Optional.ofNullable(activationOfProduct.get(product.name()));
    }

    static boolean isProduct(Node node) {
        return switch (node.operator()) {
            case MatMul _, Convolution _, TransposedConvolution _ -> true;
            default -> false;
        };
    }

    private Optional<FusionRule> rule(Node node) {
        return switch (node.operator()) {
            case Reshape _, Slice _, Concat _, Expand _ -> Optional.of(FusionRule.VIEW);
            case Transpose _ -> touchesProduct(node)
                    ? Optional.of(FusionRule.TRANSPOSE_INTO_PRODUCT)
                    : Optional.empty();
            case Elementwise elementwise -> elementwiseRule(node, elementwise);
            case Activation _ -> chainOf(node).map(_ -> FusionRule.ACTIVATION_INTO_EVACUATION);
            case Normalization normalization when normalization.kind() == Normalization.Kind.BATCH ->
                    chainOf(node).map(_ -> FusionRule.BATCH_NORM_INTO_WEIGHTS);
            default -> Optional.empty();
        };
    }

    private Optional<FusionRule> elementwiseRule(Node node, Elementwise elementwise) {
        Optional<Node> product = chainOf(node);
        if (product.isEmpty()) {
            return Optional.empty();
        }
        boolean readsStored = node.inputs().stream().anyMatch(input -> input.role().isStored());
        return switch (elementwise.kind()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE ->
                    readsStored
                            ? Optional.of(FusionRule.BIAS_INTO_EVACUATION)
                            : isSmallOperand(node) ? Optional.of(FusionRule.SCALE_AND_MASK_INTO_EVACUATION)
                            : Optional.empty();
            case SELECT -> Optional.of(FusionRule.SCALE_AND_MASK_INTO_EVACUATION);
            default -> Optional.empty();
        };
    }

    /** Whether the other operand repeats along an axis of the product, as a mask or a scale does. */
    private static boolean isSmallOperand(Node node) {
        long whole = node.output().shape().elements();
        return node.inputs().stream().anyMatch(input -> input.shape().elements() < whole);
    }

    /** The product whose chain the node would continue. */
    private Optional<Node> chainOf(Node node) {
        return node.inputs().stream()
                .filter(input -> productOfChain.containsKey(input.name()))
                .filter(input -> uses.consumers(input).size() == 1)
                .filter(input -> input.shape().elements() == node.output().shape().elements())
                .map(input -> productOfChain.get(input.name()))
                .filter(product -> !activationOfProduct.containsKey(product.name()))
                .findFirst();
    }

    private void absorb(Node node, FusionRule rule) {
        absorbed.put(node.name(), rule);
        switch (rule) {
            case ACTIVATION_INTO_EVACUATION -> {
                Node product = chainOf(node).orElseThrow();
                activationOfProduct.put(product.name(), node);
            }
            case BIAS_INTO_EVACUATION, BATCH_NORM_INTO_WEIGHTS, SCALE_AND_MASK_INTO_EVACUATION ->
                    productOfChain.put(node.output().name(), chainOf(node).orElseThrow());
            case VIEW, TRANSPOSE_INTO_PRODUCT -> continueThroughView(node);
        }
    }

    private void continueThroughView(Node view) {
        Tensor source = view.inputs().getFirst();
        boolean isOneToOne = view.outputs().size() == 1
                && view.output().shape().elements() == source.shape().elements();
        Node product = productOfChain.get(source.name());
        if (isOneToOne && product != null && uses.consumers(source).size() == 1) {
            productOfChain.put(view.output().name(), product);
        }
    }

    /** Whether a product lies before or after the transpose, views aside. */
    private boolean touchesProduct(Node transpose) {
        return productOfChain.containsKey(transpose.inputs().getFirst().name()) || feedsProduct(transpose.outputs());
    }

    private boolean feedsProduct(List<Tensor> tensors) {
        return tensors.stream()
                .flatMap(tensor -> uses.consumers(tensor).stream())
                .anyMatch(node -> isProduct(node)
                        || (node.operator() instanceof Reshape && feedsProduct(node.outputs())));
    }
}

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
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.graph.Uses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes are absorbed by others.
 *
 * <p>A matmul (or convolution, which is matmuls) absorbs the chain of nodes that follows it as long as each link is the
 * only reader of the one before, the size stays, and no activation function has been applied yet.
 */
final class Fusion {
    private final Uses uses;
    private final Map<String, FusionRule> absorbed = new HashMap<>();
    private final Map<String, Node> matmulOfTensor = new HashMap<>();
    private final Set<String> activatedMatmuls = new HashSet<>();
    private final Set<String> maskedMatmuls = new HashSet<>();
    private final Set<String> expandedMasks = new HashSet<>();

    Fusion(Graph graph, Uses uses) {
        this.uses = uses;
        for (Node node : graph.nodes()) {
            if (isMatmul(node)) {
                matmulOfTensor.put(node.output().name(), node);
            } else {
                rule(node).ifPresent(rule -> absorb(node, rule));
            }
        }
    }

    /** The rule by which a node is absorbed, if it is. */
    Optional<FusionRule> of(Node node) {
        return Optional.ofNullable(absorbed.get(node.name()));
    }

    /** Whether a function is computed while this matmul moves out of PSUM. */
    boolean isActivated(Node matmul) {
        return activatedMatmuls.contains(matmul.name());
    }

    /** Whether a mask is applied while this matmul moves out of PSUM. */
    boolean isMasked(Node matmul) {
        return maskedMatmuls.contains(matmul.name());
    }

    /** The matmul whose result a tensor is, with what has been fused into it. */
    Optional<Node> matmul(Tensor tensor) {
        return Optional.ofNullable(matmulOfTensor.get(tensor.name()));
    }

    /** Whether that mask selects by a condition which is not stored and has as many elements as the scores. */
    boolean hasExpandedMask(Node matmul) {
        return expandedMasks.contains(matmul.name());
    }

    /** Whether a tensor comes from a softmax, so that the axis it is contracted over lies along the partitions. */
    boolean isProbability(Tensor tensor) {
        Optional<Node> producer = uses.producer(tensor);
        return producer.filter(node -> node.operator() instanceof Softmax).isPresent()
                || producer.filter(node -> node.operator() instanceof Reshape)
                        .filter(node -> isProbability(node.inputs().getFirst()))
                        .isPresent();
    }

    /** Whether probabilities are those of masked scores, whose own round trip is priced where they are made. */
    boolean isOfMasked(Tensor probabilities) {
        return uses.producer(probabilities)
                .map(node -> node.operator() instanceof Softmax
                        ? matmul(node.inputs().getFirst()).filter(this::isMasked).isPresent()
                        : isOfMasked(node.inputs().getFirst()))
                .orElse(false);
    }

    static boolean isMatmul(Node node) {
        return switch (node.operator()) {
            case MatMul _, Convolution _, TransposedConvolution _ -> true;
            default -> false;
        };
    }

    private Optional<FusionRule> rule(Node node) {
        return switch (node.operator()) {
            case Reshape _, Slice _, Concat _, Expand _ -> Optional.of(FusionRule.VIEW);
            case Transpose _ when touchesMatmul(node) -> Optional.of(FusionRule.TRANSPOSE_INTO_MATMUL);
            case Elementwise elementwise when chainOf(node).isPresent() -> elementwiseRule(node, elementwise.kind());
            case Activation activation when isOnePass(activation) && chainOf(node).isPresent() ->
                    Optional.of(FusionRule.ACTIVATION_INTO_EVACUATION);
            case Activation activation when isRectifier(activation) && followsElementwise(node) ->
                    Optional.of(FusionRule.RECTIFIER_INTO_ELEMENTWISE);
            case Normalization normalization
                    when normalization.kind() == Normalization.Kind.BATCH && chainOf(node).isPresent() ->
                    Optional.of(FusionRule.BATCH_NORM_INTO_WEIGHTS);
            default -> Optional.empty();
        };
    }

    private Optional<FusionRule> elementwiseRule(Node node, Elementwise.Kind kind) {
        Shape result = node.output().shape();
        boolean hasVector = false;
        boolean hasSmaller = false;
        for (Tensor input : node.inputs()) {
            hasVector |= input.role().isStored() && isVector(input.shape());
            hasSmaller |= input.role().isStored() || input.shape().elements() < result.elements();
        }
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, SELECT -> {
                if (hasVector && kind != Elementwise.Kind.SELECT) {
                    yield Optional.of(FusionRule.BIAS_INTO_EVACUATION);
                }
                yield hasSmaller ? Optional.of(FusionRule.MASK_INTO_EVACUATION) : Optional.empty();
            }
            case POWER, MAXIMUM, MINIMUM, MODULO, COMPARE, LOGICAL -> Optional.empty();
        };
    }

    private static boolean isVector(Shape shape) {
        int axes = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes += shape.dimension(axis) > 1 ? 1 : 0;
        }
        return axes <= 1;
    }

    private static boolean isRectifier(Activation activation) {
        return activation.function() == Activation.Function.RELU || activation.function() == Activation.Function.CLIP;
    }

    /** The Scalar engine has no function for x·σ(1.702·x): it computes the gate, and multiplying needs x itself. */
    private static boolean isOnePass(Activation activation) {
        return activation.function() != Activation.Function.QUICK_GELU;
    }

    private static boolean isExpandedSelection(Node node) {
        Tensor condition = node.inputs().getFirst();
        return node.operator() instanceof Elementwise elementwise
                && elementwise.kind() == Elementwise.Kind.SELECT
                && !condition.role().isStored()
                && condition.shape().elements() == node.output().shape().elements();
    }

    private boolean followsElementwise(Node node) {
        Tensor input = node.inputs().getFirst();
        return uses.consumers(input).size() == 1
                && uses.producer(input).filter(before -> before.operator() instanceof Elementwise).isPresent();
    }

    /** The matmul whose chain the node would continue. */
    private Optional<Node> chainOf(Node node) {
        for (Tensor input : node.inputs()) {
            Node matmul = matmulOfTensor.get(input.name());
            if (matmul != null
                    && uses.consumers(input).size() == 1
                    && input.shape().elements() == node.output().shape().elements()
                    && !isActivated(matmul)) {
                return Optional.of(matmul);
            }
        }
        return Optional.empty();
    }

    private void absorb(Node node, FusionRule rule) {
        absorbed.put(node.name(), rule);
        switch (rule) {
            case ACTIVATION_INTO_EVACUATION -> activatedMatmuls.add(chainOf(node).orElseThrow().name());
            case BIAS_INTO_EVACUATION, BATCH_NORM_INTO_WEIGHTS ->
                    matmulOfTensor.put(node.output().name(), chainOf(node).orElseThrow());
            case MASK_INTO_EVACUATION -> {
                Node matmul = chainOf(node).orElseThrow();
                maskedMatmuls.add(matmul.name());
                if (isExpandedSelection(node)) {
                    expandedMasks.add(matmul.name());
                }
                matmulOfTensor.put(node.output().name(), matmul);
            }
            case VIEW, TRANSPOSE_INTO_MATMUL -> continueThroughView(node);
            case RECTIFIER_INTO_ELEMENTWISE -> { /* The addition has its own instruction already. */ }
        }
    }

    private void continueThroughView(Node view) {
        Tensor source = view.inputs().getFirst();
        boolean isOneToOne = view.outputs().size() == 1
                && view.output().shape().elements() == source.shape().elements();
        Node matmul = matmulOfTensor.get(source.name());
        if (matmul == null || uses.consumers(source).size() != 1) {
            return;
        }
        if (isOneToOne) {
            matmulOfTensor.put(view.output().name(), matmul);
        } else if (view.operator() instanceof Slice && isOfColumns(view, matmul)) {
            view.outputs().forEach(part -> matmulOfTensor.put(part.name(), matmul));
        }
    }

    /** Whether a matmul of several joined projections is cut into them, each of which leaves PSUM by itself. */
    private static boolean isOfColumns(Node cut, Node matmul) {
        Shape whole = cut.inputs().getFirst().shape();
        return matmul.operator() instanceof MatMul
                && whole.equals(matmul.output().shape())
                && cut.outputs().stream().allMatch(part -> part.shape().with(-1, 1).equals(whole.with(-1, 1)));
    }

    /** Whether a matmul lies before or after the transpose, views aside. */
    private boolean touchesMatmul(Node transpose) {
        return matmulOfTensor.containsKey(transpose.inputs().getFirst().name()) || feedsMatmul(transpose.outputs());
    }

    private boolean feedsMatmul(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            for (Node node : uses.consumers(tensor)) {
                if (isMatmul(node) || (node.operator() instanceof Reshape && feedsMatmul(node.outputs()))) {
                    return true;
                }
            }
        }
        return false;
    }
}

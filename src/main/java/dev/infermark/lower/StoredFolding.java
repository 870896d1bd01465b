package dev.infermark.lower;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.Uses;
import java.util.List;

/**
 * Stores what is computed from stored tensors alone, as compilers do: it is computed once when the network is compiled,
 * and costs no more than reading its result. Expansions stay, since they would be stored many times as large, and so do
 * lookups, whose rows the host may choose.
 */
final class StoredFolding {
    private StoredFolding() {}

    /** The graph without operators on stored tensors alone, and without those whose results nobody reads. */
    static Graph fold(Graph graph, Uses uses) {
        return isFolded(graph, uses) ? graph : GraphRewriter.rewrite(graph, StoredFolding::folded);
    }

    private static boolean isFolded(Graph graph, Uses uses) {
        for (Node node : graph.nodes()) {
            if (isFoldable(node) || !isRead(node, graph, uses)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRead(Node node, Graph graph, Uses uses) {
        for (Tensor output : node.outputs()) {
            if (uses.lastReadAt(output).isPresent() || graph.outputs().contains(output)) {
                return true;
            }
        }
        return false;
    }

    private static List<Node> folded(Node node, GraphRewriter rewriter) {
        if (!isFoldable(node)) {
            return List.of(node);
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            rewriter.substitute(node.outputs().get(i), stored(node, i));
        }
        return List.of();
    }

    private static boolean isFoldable(Node node) {
        List<Tensor> inputs = node.inputs();
        if (inputs.isEmpty() || !areStored(inputs)) {
            return false;
        }
        return switch (node.operator()) {
            // With an index, the place of the part is only known at run time.
            case Slice _ -> inputs.size() == 1;
            case Transpose _, Reshape _, Activation _, Concat _, Reduce _, MatMul _ -> true;
            case Elementwise _ -> inputs.stream()
                    .anyMatch(input ->
                            input.shape().elements() == node.output().shape().elements());
            default -> false;
        };
    }

    private static boolean areStored(List<Tensor> inputs) {
        for (Tensor input : inputs) {
            if (!input.role().isStored()) {
                return false;
            }
        }
        return true;
    }

    /** A renamed or reordered tensor is the stored one itself; anything else is stored beside it. */
    private static Tensor stored(Node node, int output) {
        Tensor source = node.inputs().getFirst();
        TensorType type = node.outputs().get(output).type();
        if (isReordering(node.operator())) {
            return new Tensor(source.name(), source.type().withShape(type.shape()), source.role());
        }
        boolean isLearned = node.inputs().stream().anyMatch(input -> input.role() == TensorRole.PARAMETER);
        String name = node.operator() instanceof Slice(int axis, List<Slice.Part> parts)
                ? source.name() + "[" + source.shape() + " axis " + source.shape().axis(axis) + " " + parts.get(output)
                        + "]"
                : node.outputs().get(output).name() + " (folded)";
        return new Tensor(name, type, isLearned ? TensorRole.PARAMETER : TensorRole.CONSTANT);
    }

    private static boolean isReordering(Operator operator) {
        return operator instanceof Reshape
                || operator instanceof Transpose
                || (operator instanceof Activation(Activation.Function function, _)
                        && (function == Activation.Function.CAST || function == Activation.Function.IDENTITY));
    }
}

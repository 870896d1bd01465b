package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Certainty;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** Writes the nodes of a graph or of a called function, only those that the wanted results need. */
final class TensorFlowBody {
    /** Calls inside calls; real models need three or four. */
    private static final int MOST_CALLS = 32;
    /** What a call takes as much as: this many operators. */
    private static final int A_CALL = 64;

    private final Translation graph;
    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final TensorFlowFunctions functions;
    private final TensorFlowInputs inputs;
    private final Map<String, Value> arguments;
    private final String prefix;
    private final int depth;
    private final Map<String, List<Value>> written = new HashMap<>();

    TensorFlowBody(
            Translation graph,
            List<NodeDef> nodes,
            TensorFlowFunctions functions,
            TensorFlowInputs inputs,
            Map<String, Value> arguments,
            String prefix,
            int depth) {
        this.depth = depth;
        this.graph = graph;
        this.functions = functions;
        this.inputs = inputs;
        this.arguments = arguments;
        this.prefix = prefix;
        graph.spend(A_CALL + nodes.size());
        for (NodeDef node : nodes) {
            if (this.nodes.put(node.getName(), node) != null) {
                throw new IllegalArgumentException("the name " + node.getName() + " is given twice");
            }
        }
    }

    /** The values of tensors, with everything written that they need. */
    List<Value> values(List<String> references) {
        references.forEach(reference -> write(TensorFlowNames.node(reference)));
        return references.stream().map(this::value).toList();
    }

    private Value value(String reference) {
        String name = TensorFlowNames.node(reference);
        if (arguments.containsKey(name)) {
            return arguments.get(name);
        }
        List<Value> results = written.getOrDefault(name, List.of());
        int output = TensorFlowNames.output(reference);
        if (output >= results.size()) {
            throw new IllegalArgumentException("result " + reference + " is not known");
        }
        return results.get(output);
    }

    /** Writes a node after those that it reads, without recursion, since chains are long. */
    private void write(String wanted) {
        Deque<String> stack = new ArrayDeque<>(List.of(wanted));
        Set<String> open = new HashSet<>();
        while (!stack.isEmpty()) {
            String name = stack.peek();
            if (written.containsKey(name) || arguments.containsKey(name)) {
                stack.pop();
                continue;
            }
            NodeDef node = nodes.get(name);
            if (node == null) {
                throw new IllegalArgumentException("node " + name + " is read and not there");
            }
            List<String> missing = node.getInputList().stream()
                    .filter(input -> !TensorFlowNames.isControl(input))
                    .map(TensorFlowNames::node)
                    .filter(input -> !written.containsKey(input) && !arguments.containsKey(input))
                    .distinct()
                    .toList();
            if (missing.isEmpty()) {
                written.put(name, translate(node));
                open.remove(name);
                stack.pop();
            } else if (!open.add(name)) {
                throw new IllegalArgumentException("node " + name + " lies on a cycle; loops are not modelled");
            } else {
                missing.forEach(stack::push);
            }
        }
    }

    private List<Value> translate(NodeDef node) {
        graph.spend(1L + node.getInputCount());
        List<Value> operands = node.getInputList().stream()
                .filter(input -> !TensorFlowNames.isControl(input))
                .map(this::value)
                .toList();
        TensorFlowNode context = new TensorFlowNode(graph, node, prefix + node.getName(), operands);
        boolean guessed = operands.stream().anyMatch(value -> value.certainty() == Certainty.GUESSED);
        try {
            if (node.getOp().startsWith("Placeholder")) {
                return List.of(inputs.find(node.getName()));
            }
            if (node.getOp().equals("PartitionedCall") || node.getOp().equals("StatefulPartitionedCall")) {
                return call(node, "f", operands);
            }
            if (node.getOp().equals("If") || node.getOp().equals("StatelessIf")) {
                Optional<Integer> taken = operands.getFirst()
                        .literal()
                        .map(condition -> condition.value() != 0 ? 0 : 1)
                        .or(() -> functions.choices().branch(context.name()));
                return taken.isEmpty()
                        ? unknown(node, operands)
                        : call(
                                node,
                                taken.get() == 0 ? "then_branch" : "else_branch",
                                operands.subList(1, operands.size()));
            }
            Optional<TensorFlowOperator> operator = TensorFlowOperators.find(node.getOp());
            return operator.isPresent() ? operator.get().translate(context) : unknown(node, operands);
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException e) {
            if (guessed) {
                return unknown(node, operands);
            }
            String cause = Guard.cause(e, "it does not fit its inputs or attributes");
            throw new IllegalArgumentException(node.getOp() + " " + context.name() + ": " + cause, e);
        }
    }

    /** The results of the function that an attribute names. */
    private List<Value> call(NodeDef node, String attribute, List<Value> operands) {
        FunctionDef function = functions.find(node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance())
                .getFunc()
                .getName());
        if (depth >= MOST_CALLS) {
            throw new IllegalArgumentException("more than " + MOST_CALLS + " calls inside each other");
        }
        Map<String, Value> bound = new HashMap<>();
        for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
            bound.put(function.getSignature().getInputArg(i).getName(), operands.get(i));
        }
        TensorFlowBody body = new TensorFlowBody(
                graph, function.getNodeDefList(), functions, inputs, bound, prefix + node.getName() + "/", depth + 1);
        List<String> results = function.getSignature().getOutputArgList().stream()
                .map(result -> function.getRetOrDefault(result.getName(), result.getName()))
                .toList();
        return body.values(results);
    }

    private List<Value> unknown(NodeDef node, List<Value> operands) {
        List<org.tensorflow.proto.TensorShapeProto> declared =
                node.getAttrOrDefault("_output_shapes", AttrValue.getDefaultInstance()).getList().getShapeList();
        TensorType likely = operands.stream()
                .filter(value -> !value.isStored())
                .findFirst()
                .map(value -> new TensorType(value.type(), value.shape()))
                .orElse(new TensorType(DataType.FP32, Shape.of()));
        boolean isDeclared = !declared.isEmpty()
                && !declared.getFirst().getUnknownRank()
                && declared.getFirst().getDimList().stream().allMatch(dimension -> dimension.getSize() > 0);
        TensorType type =
                isDeclared ? likely.withShape(TensorFlowTypes.shape(declared.getFirst())) : likely;
        Value result = graph.addAll(prefix + node.getName(), new Custom(node.getOp(), List.of(type)), operands)
                .getFirst();
        Value plain =
                new Value(result.tensor(), Optional.empty(), Value.Layout.AS_WRITTEN, Certainty.CERTAIN);
        return List.of(isDeclared ? plain : plain.guessed());
    }
}

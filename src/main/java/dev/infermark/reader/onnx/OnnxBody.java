package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Custom;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes the nodes of a graph, or of a branch inside it, in an order in which they can run. */
final class OnnxBody {
    private final Translation graph;
    private final long opset;
    private final Set<String> stored;
    private final Function<String, Optional<TensorType>> declared;
    private final GraphChoices choices;

    /**
     * Prepares to write nodes.
     *
     * @param stored the names of the tensors stored in the file
     * @param declared the type that the file declares for a result
     * @param choices the branches that are taken where the file leaves them open
     */
    OnnxBody(
            Translation graph,
            long opset,
            Set<String> stored,
            Function<String, Optional<TensorType>> declared,
            GraphChoices choices) {
        this.choices = choices;
        this.stored = stored;
        this.graph = graph;
        this.opset = opset;
        this.declared = declared;
    }

    /** Writes all nodes; their results become known to the scope. */
    void translate(List<NodeProto> nodes, OnnxScope scope) {
        for (NodeProto node : OnnxOrder.sorted(nodes, name -> scope.find(name).isPresent())) {
            List<Value> results = translate(node, scope);
            for (int i = 0; i < Math.min(results.size(), node.getOutputCount()); i++) {
                scope.define(node.getOutput(i), results.get(i));
            }
            for (int i = results.size(); i < node.getOutputCount(); i++) {
                scope.refuse(node.getOutput(i), "output " + i + " of " + node.getOpType() + " " + nameOf(node)
                        + " is read and not modelled");
            }
        }
    }

    private List<Value> translate(NodeProto proto, OnnxScope scope) {
        graph.spend(1L + proto.getInputCount() + proto.getOutputCount());
        List<Optional<Value>> inputs = new ArrayList<>();
        for (String input : proto.getInputList()) {
            inputs.add(scope.find(input));
        }
        OnnxNode node = new OnnxNode(graph, proto, nameOf(proto), opset, inputs, stored);
        boolean guessed = node.inputs().stream().anyMatch(value -> value.certainty() == Certainty.GUESSED);
        try {
            Optional<OnnxOperator> operator = OnnxOperators.find(proto.getDomain(), proto.getOpType());
            if (isOwn(proto, "If")) {
                Optional<Integer> taken = node.input(0)
                        .literal()
                        .map(condition -> condition.value() != 0 ? 0 : 1)
                        .or(() -> choices.branch(node.name()));
                return taken.isPresent() ? branch(node, taken.get(), scope) : unknown(proto, node);
            }
            if (isOwn(proto, "Loop")) {
                Optional<List<Value>> results = new OnnxLoop(graph, node).results(
                        (body, values) -> inner(body, values, scope));
                return results.orElseGet(() -> unknown(proto, node));
            }
            return operator.isPresent() ? operator.get().translate(node) : unknown(proto, node);
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException e) {
            if (guessed) {
                return unknown(proto, node);
            }
            String cause = Guard.cause(e, "it does not fit its inputs or attributes");
            throw new IllegalArgumentException(proto.getOpType() + " " + node.name() + ": " + cause, e);
        }
    }

    private static boolean isOwn(NodeProto proto, String operator) {
        return proto.getOpType().equals(operator)
                && (proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx"));
    }

    /** The branch that runs: the first is taken where the condition is true. */
    private List<Value> branch(OnnxNode node, int taken, OnnxScope scope) {
        String name = taken == 0 ? "then_branch" : "else_branch";
        GraphProto branch = node.attribute(name)
                .map(AttributeProto::getG)
                .orElseThrow(() -> new IllegalArgumentException("attribute " + name + " is missing"));
        return inner(branch, List.of(), scope);
    }

    /** The results of a graph inside this one, whose inputs have these values. */
    private List<Value> inner(GraphProto body, List<Value> values, OnnxScope scope) {
        OnnxScope inner = new OnnxScope(Optional.of(scope));
        body.getInitializerList()
                .forEach(tensor -> inner.define(tensor.getName(), OnnxTensors.initializer(graph, tensor)));
        for (int i = 0; i < values.size(); i++) {
            inner.define(body.getInput(i).getName(), values.get(i));
        }
        translate(body.getNodeList(), inner);
        return body.getOutputList().stream()
                .map(output -> inner.find(output.getName())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "output " + output.getName() + " of " + body.getName() + " is written by no operator")))
                .toList();
    }

    /** An unmodelled node; results without a declared type are taken to be like its first computed input. */
    private List<Value> unknown(NodeProto proto, OnnxNode node) {
        List<TensorType> types = new ArrayList<>();
        List<Boolean> certain = new ArrayList<>();
        Optional<TensorType> likely = node.inputs().stream()
                .filter(value -> !value.isStored())
                .findFirst()
                .or(() -> node.inputs().stream().findFirst())
                .map(value -> value.tensor().type());
        for (String output : proto.getOutputList()) {
            Optional<TensorType> type = declared.apply(output);
            certain.add(type.isPresent());
            types.add(type.or(() -> likely).orElse(new TensorType(
                    dev.infermark.numerics.DataType.FP32, dev.infermark.graph.Shape.of())));
        }
        String operator = proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx")
                ? proto.getOpType()
                : proto.getDomain() + "." + proto.getOpType();
        List<Value> results = graph.addAll(node.name(), new Custom(operator, types), node.inputs());
        List<Value> marked = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Value plain = new Value(
                    results.get(i).tensor(), Optional.empty(), Value.Layout.AS_WRITTEN, Certainty.CERTAIN);
            marked.add(certain.get(i) ? plain : plain.guessed());
        }
        return marked;
    }

    /** The node's name, or that of its first result where it has none. */
    private static String nameOf(NodeProto proto) {
        if (!proto.getName().isEmpty()) {
            return proto.getName();
        }
        return proto.getOutputList().stream().filter(name -> !name.isEmpty()).findFirst().orElse(proto.getOpType());
    }
}

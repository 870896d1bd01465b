package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Custom;
import dev.infermark.graph.TensorType;
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

    /**
     * Prepares to write nodes.
     *
     * @param stored the names of the tensors stored in the file
     * @param declared the type that the file declares for a result
     */
    OnnxBody(
            Translation graph,
            long opset,
            Set<String> stored,
            Function<String, Optional<TensorType>> declared) {
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
            if (proto.getOpType().equals("If") && node.input(0).literal().isPresent()) {
                return branch(node, scope);
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

    /** The branch that a condition known while reading takes. */
    private List<Value> branch(OnnxNode node, OnnxScope scope) {
        String taken = node.known(0).value() != 0 ? "then_branch" : "else_branch";
        GraphProto branch = node.attribute(taken)
                .map(AttributeProto::getG)
                .orElseThrow(() -> new IllegalArgumentException("attribute " + taken + " is missing"));
        OnnxScope inner = new OnnxScope(Optional.of(scope));
        branch.getInitializerList()
                .forEach(tensor -> inner.define(tensor.getName(), OnnxTensors.initializer(graph, tensor)));
        translate(branch.getNodeList(), inner);
        return branch.getOutputList().stream()
                .map(output -> inner.find(output.getName())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "output " + output.getName() + " of " + taken + " is written by no operator")))
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

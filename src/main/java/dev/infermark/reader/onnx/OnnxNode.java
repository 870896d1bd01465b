package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.infermark.reader.translate.Arithmetic;
import dev.infermark.reader.translate.Contraction;
import dev.infermark.reader.translate.Images;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node of the file with its inputs looked up, as the operators see it. */
final class OnnxNode {
    private final Translation graph;
    private final NodeProto proto;
    private final String name;
    private final long opset;
    private final List<Optional<Value>> inputs;
    private final Set<String> stored;
    private final Map<String, AttributeProto> attributes = new HashMap<>();

    OnnxNode(
            Translation graph,
            NodeProto proto,
            String name,
            long opset,
            List<Optional<Value>> inputs,
            Set<String> stored) {
        this.stored = stored;
        this.graph = graph;
        this.proto = proto;
        this.name = name;
        this.opset = opset;
        this.inputs = List.copyOf(inputs);
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    }

    /** The name of the node in the graph. */
    String name() {
        return name;
    }

    /** The name of the first result, which the file gives only once. */
    String result() {
        return proto.getOutputCount() > 0 ? proto.getOutput(0) : name;
    }

    String operator() {
        return proto.getOpType();
    }

    /** The version of the operator set that the file declares. */
    long opset() {
        return opset;
    }

    int outputs() {
        return proto.getOutputCount();
    }

    Translation graph() {
        return graph;
    }

    Arithmetic arithmetic() {
        return new Arithmetic(graph);
    }

    Movement movement() {
        return new Movement(graph);
    }

    Contraction contraction() {
        return new Contraction(graph);
    }

    Images images() {
        return new Images(graph);
    }

    /** Whether an optional input is there. */
    boolean has(int index) {
        return index < inputs.size() && inputs.get(index).isPresent();
    }

    /** An input that must be there. */
    Value input(int index) {
        return optional(index).orElseThrow(() -> new IllegalArgumentException("input " + index + " is missing"));
    }

    Optional<Value> optional(int index) {
        return index < inputs.size() ? inputs.get(index) : Optional.empty();
    }

    /** Whether an input is stored in the file rather than computed, even from constants. */
    boolean isFromFile(int index) {
        return stored.contains(proto.getInput(index));
    }

    /** All inputs that are there. */
    List<Value> inputs() {
        return inputs.stream().flatMap(Optional::stream).toList();
    }

    /** The elements of an input that must be known. */
    Literal known(int index) {
        return input(index).known();
    }

    /** Whole numbers from an input, or from the attribute that older versions of the operator have instead. */
    Optional<List<Long>> numbers(int index, String attribute) {
        return has(index) ? Optional.of(known(index).numbers()) : integers(attribute);
    }

    Optional<List<Long>> integers(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(AttributeProto::getIntsList);
    }

    List<Long> integers(String attribute, List<Long> otherwise) {
        return integers(attribute).orElse(otherwise);
    }

    long integer(String attribute, long otherwise) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).getI() : otherwise;
    }

    int axis(int otherwise) {
        return Math.toIntExact(integer("axis", otherwise));
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    Optional<AttributeProto> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    String text(String attribute, String otherwise) {
        return attributes.containsKey(attribute)
                ? attributes.get(attribute).getS().toStringUtf8()
                : otherwise;
    }

    /** A list of numbers as axes. */
    static List<Integer> axes(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).toList();
    }
}

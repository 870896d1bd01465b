package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.base.UserError;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a graph between two sets of its tensors.
 *
 * @param file what messages call the file
 * @param graph the whole graph
 * @param inputs tensors that the caller gives; empty for the graph's own
 * @param outputs tensors that the caller gets; empty for the graph's own
 */
record OnnxCut(String file, GraphProto graph, List<String> inputs, List<String> outputs) {

    /** The part, with only those inputs that it reads. */
    GraphProto part() {
        Map<String, ValueInfoProto> declared = new HashMap<>();
        Stream.of(graph.getInputList(), graph.getValueInfoList(), graph.getOutputList())
                .flatMap(List::stream)
                .forEach(info -> declared.put(info.getName(), info));
        Map<String, NodeProto> writers = new HashMap<>();
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(name -> writers.put(name, node)));
        List<String> wanted =
                outputs.isEmpty() ? graph.getOutputList().stream().map(ValueInfoProto::getName).toList() : outputs;
        wanted.stream().filter(name -> !writers.containsKey(name)).findFirst().ifPresent(name -> {
            throw new UserError(file + " has no tensor " + name + " that an operator writes; name one for --output");
        });
        Set<String> read = read(wanted, writers);
        GraphProto.Builder part = graph.toBuilder().clearNode().clearInput().clearOutput();
        graph.getNodeList().stream()
                .filter(node -> node.getOutputList().stream().anyMatch(read::contains))
                .filter(node -> node.getOutputList().stream().noneMatch(inputs::contains))
                .forEach(part::addNode);
        graph.getInputList().stream()
                .filter(info -> read.contains(info.getName()) && !inputs.contains(info.getName()))
                .forEach(part::addInput);
        for (String name : inputs) {
            if (!declared.containsKey(name)) {
                throw new UserError(file + " declares no shape for tensor " + name
                        + "; name another one for --input, or write the shapes with onnx.shape_inference");
            }
            part.addInput(declared.get(name));
        }
        wanted.forEach(name -> part.addOutput(
                declared.getOrDefault(name, ValueInfoProto.newBuilder().setName(name).build())));
        return part.build();
    }

    /** The tensors that the outputs are computed from, the given ones included. */
    private Set<String> read(List<String> wanted, Map<String, NodeProto> writers) {
        Set<String> read = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (read.add(name) && writers.containsKey(name) && !inputs.contains(name)) {
                addRead(writers.get(name), open);
            }
        }
        return read;
    }

    /** What a node reads; branches read tensors of the graphs around them by name, and may hand them on. */
    private static void addRead(NodeProto node, Collection<String> read) {
        read.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                attribute.getG().getNodeList().forEach(inner -> addRead(inner, read));
                attribute.getG().getOutputList().forEach(output -> read.add(output.getName()));
            }
        }
    }
}

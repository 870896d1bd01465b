package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** Puts nodes into an order in which each follows those whose results it reads, keeping the file's where it can. */
final class OnnxOrder {

    private OnnxOrder() {}

    /**
     * The nodes in order.
     *
     * @param given whether a name is known before any node has run
     * @throws IllegalArgumentException naming a node on a cycle, or one that reads what nothing writes
     */
    static List<NodeProto> sorted(List<NodeProto> nodes, Predicate<String> given) {
        Map<String, Integer> writers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                if (!output.isEmpty() && writers.putIfAbsent(output, i) != null) {
                    throw new IllegalArgumentException("tensor " + output + " is written twice");
                }
            }
        }
        int[] waiting = new int[nodes.size()];
        Map<Integer, List<Integer>> readers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : reads(nodes.get(i))) {
                Integer writer = writers.get(input);
                if (writer != null) {
                    waiting[i]++;
                    readers.computeIfAbsent(writer, _ -> new ArrayList<>()).add(i);
                }
            }
            for (String input : nodes.get(i).getInputList()) {
                if (!input.isEmpty() && !writers.containsKey(input) && !given.test(input)) {
                    throw new IllegalArgumentException(
                            "node " + label(nodes.get(i)) + " reads " + input + ", which nothing writes");
                }
            }
        }
        return run(nodes, waiting, readers);
    }

    private static List<NodeProto> run(List<NodeProto> nodes, int[] waiting, Map<Integer, List<Integer>> readers) {
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(nodes.get(next));
            for (int reader : readers.getOrDefault(next, List.of())) {
                if (--waiting[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] > 0) {
                throw new IllegalArgumentException("node " + label(nodes.get(i)) + " lies on or behind a cycle");
            }
        }
        return sorted;
    }

    /** The names a node reads, those inside its branches included. */
    private static Set<String> reads(NodeProto node) {
        Set<String> names = new HashSet<>(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            attribute.getG().getNodeList().forEach(inner -> names.addAll(reads(inner)));
            attribute.getG().getOutputList().forEach(output -> names.add(output.getName()));
        }
        names.remove("");
        return names;
    }

    private static String label(NodeProto node) {
        return node.getOpType() + " " + (node.getName().isEmpty() ? node.getOutputList() : node.getName());
    }
}

package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The part of a graph that a call runs: what its results are computed from, down to the tensors that the caller gives.
 *
 * @param graph the whole graph
 * @param given the tensors that the caller gives, by the names of the nodes that would compute them
 * @param results the tensors that the caller gets
 */
record TensorFlowCut(GraphDef graph, Map<String, TensorInfo> given, List<String> results) {

    /** The part, in which a placeholder stands for each tensor that is given. */
    GraphDef part() {
        Map<String, NodeDef> nodes = new HashMap<>();
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        given.forEach((name, info) -> nodes.computeIfPresent(name, (_, node) -> placeholder(node, info)));
        Set<String> reached = reached(nodes);
        GraphDef.Builder part = GraphDef.newBuilder().setLibrary(graph.getLibrary());
        graph.getNodeList().stream()
                .filter(node -> reached.contains(node.getName()))
                .forEach(node -> part.addNode(nodes.getOrDefault(node.getName(), node)));
        return part.build();
    }

    private Set<String> reached(Map<String, NodeDef> nodes) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        results.forEach(result -> open.add(TensorFlowNames.node(result)));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name) && nodes.containsKey(name)) {
                nodes.get(name).getInputList().stream()
                        .filter(input -> !TensorFlowNames.isControl(input))
                        .map(TensorFlowNames::node)
                        .forEach(open::add);
            }
        }
        return reached;
    }

    /** A placeholder of the type and shape that the signature declares, or else the node. */
    private static NodeDef placeholder(NodeDef node, TensorInfo info) {
        boolean isDeclared = info.hasTensorShape() && !info.getTensorShape().getUnknownRank();
        boolean isPlaceholder = node.getOp().startsWith("Placeholder");
        if (!isDeclared && isPlaceholder) {
            return node;
        }
        NodeDef.Builder placeholder = NodeDef.newBuilder().setName(node.getName()).setOp("Placeholder");
        AttrValue type = info.getDtypeValue() != 0
                ? AttrValue.newBuilder().setType(info.getDtype()).build()
                : node.getAttrOrDefault("dtype", node.getAttrOrDefault("T", AttrValue.getDefaultInstance()));
        return placeholder
                .putAttr("dtype", type)
                .putAttr("shape", AttrValue.newBuilder()
                        .setShape(isDeclared ? info.getTensorShape() : shape(node))
                        .build())
                .build();
    }

    private static TensorShapeProto shape(NodeDef node) {
        List<TensorShapeProto> shapes = node.getAttrOrDefault("_output_shapes", AttrValue.getDefaultInstance())
                .getList()
                .getShapeList();
        if (shapes.isEmpty() || shapes.getFirst().getUnknownRank()) {
            throw new UserError("node " + node.getName()
                    + " does not say its shape, so it cannot be an input; cut the graph at a placeholder");
        }
        return shapes.getFirst();
    }
}

package dev.infermark.reader.tensorflow;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/** What the caller gives: the placeholders of the outermost graph. */
final class TensorFlowInputs {
    /** The largest number of channels that an image as a camera takes it has. */
    private static final long MOST_IMAGE_CHANNELS = 4;

    private final Map<String, Value> values = new HashMap<>();
    private final DimensionBindings dimensions;

    TensorFlowInputs(Translation graph, DimensionBindings dimensions, GraphDef definition) {
        this.dimensions = dimensions;
        for (NodeDef node : definition.getNodeList()) {
            if (node.getOp().startsWith("Placeholder")) {
                values.put(node.getName(), input(graph, node));
            }
        }
    }

    /** Refuses open dimensions without a size. */
    void check(String file) {
        dimensions.check(file);
    }

    Value find(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("input " + name + " is not known");
        }
        return value;
    }

    private Value input(Translation graph, NodeDef node) {
        AttrValue shape = node.getAttrOrDefault("shape", AttrValue.getDefaultInstance());
        List<TensorShapeProto.Dim> declared = shape.getShape().getDimList();
        if (shape.getShape().getUnknownRank() && !node.containsAttr("_output_shapes")) {
            throw new IllegalArgumentException(
                    "input " + node.getName() + " has no shape; freeze the model with input shapes");
        }
        if (declared.isEmpty() && node.containsAttr("_output_shapes")) {
            List<TensorShapeProto> shapes =
                    node.getAttrOrThrow("_output_shapes").getList().getShapeList();
            declared = shapes.isEmpty() ? declared : shapes.getFirst().getDimList();
        }
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < declared.size(); axis++) {
            sizes.add(size(node.getName(), axis, declared.get(axis).getSize()));
        }
        TensorType type = new TensorType(
                TensorFlowTypes.elementType(
                        node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType()),
                new Shape(sizes));
        boolean isImage = sizes.size() == 4 && sizes.getLast() <= MOST_IMAGE_CHANNELS && type.type().isFloatingPoint();
        if (!isImage) {
            return graph.input(node.getName(), type);
        }
        Shape channelsFirst = Shape.of(sizes.get(0), sizes.get(3), sizes.get(1), sizes.get(2));
        return graph.input(node.getName(), type.withShape(channelsFirst)).in(Layout.CHANNELS_LAST);
    }

    private long size(String name, int axis, long declared) {
        if (declared > 0) {
            return declared;
        }
        if (axis == 0) {
            return dimensions.size("batch").orElse(1);
        }
        OptionalLong own = dimensions.given(name + "." + axis);
        if (own.isPresent()) {
            return own.getAsLong();
        }
        return axis == 1 && dimensions.given("sequence").isPresent()
                ? dimensions.size("sequence").orElse(1)
                : dimensions.size(name + "." + axis).orElse(1);
    }
}

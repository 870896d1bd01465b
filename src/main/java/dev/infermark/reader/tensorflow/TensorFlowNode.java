package dev.infermark.reader.tensorflow;

import dev.infermark.reader.translate.Arithmetic;
import dev.infermark.reader.translate.Contraction;
import dev.infermark.reader.translate.Images;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import dev.infermark.reader.translate.Value.Layout;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * A node of the file with its inputs looked up, as the operators see it.
 *
 * @param graph where nodes are written
 * @param definition the node
 * @param name its name in the graph
 * @param inputs its inputs, without those that only order nodes
 */
record TensorFlowNode(Translation graph, NodeDef definition, String name, List<Value> inputs) {

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

    Value input(int index) {
        if (index >= inputs.size()) {
            throw new IllegalArgumentException("input " + index + " is missing");
        }
        return inputs.get(index);
    }

    /** Whole numbers of an input that must be known. */
    List<Long> numbers(int index) {
        return input(index).known().numbers();
    }

    /** Axes of an input that must be known. */
    List<Integer> axes(int index) {
        return numbers(index).stream().map(Math::toIntExact).toList();
    }

    boolean has(String attribute) {
        return definition.containsAttr(attribute);
    }

    AttrValue attribute(String attribute) {
        return definition.getAttrOrDefault(attribute, AttrValue.getDefaultInstance());
    }

    List<Long> integers(String attribute) {
        return attribute(attribute).getList().getIList();
    }

    boolean flag(String attribute) {
        return attribute(attribute).getB();
    }

    String text(String attribute) {
        return attribute(attribute).getS().toStringUtf8();
    }

    /** The order of an image's axes; channels come last unless the node says otherwise. */
    Layout layout() {
        return text("data_format").startsWith("NC") ? Layout.AS_WRITTEN : Layout.CHANNELS_LAST;
    }
}

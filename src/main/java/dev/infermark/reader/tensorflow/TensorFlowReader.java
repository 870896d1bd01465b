package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.file.MessageParts;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import dev.infermark.reader.file.WeightPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/**
 * Reads frozen TensorFlow graphs and saved models.
 *
 * <p>Images that the file has as [batch, height, width, channels] are [batch, channels, height, width] in the graph;
 * that is a choice of layout and costs nothing. An unknown operator becomes a
 * {@link dev.infermark.graph.Custom} node.
 */
public final class TensorFlowReader {

    private static final WeightPath NODE = WeightPath.through(Map.of(NodeDef.ATTR_FIELD_NUMBER, attribute()));
    private static final WeightPath FUNCTION = WeightPath.through(Map.of(FunctionDef.NODE_DEF_FIELD_NUMBER, NODE));
    private static final WeightPath GRAPH = WeightPath.through(Map.of(
            GraphDef.NODE_FIELD_NUMBER, NODE,
            GraphDef.LIBRARY_FIELD_NUMBER,
                    WeightPath.through(Map.of(FunctionDefLibrary.FUNCTION_FIELD_NUMBER, FUNCTION))));
    private static final WeightPath SAVED = WeightPath.through(Map.of(
            SavedModel.META_GRAPHS_FIELD_NUMBER,
            WeightPath.through(Map.of(MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, GRAPH))));

    private static final MessageParts GRAPH_PARTS = graphParts();
    private static final MessageParts SAVED_PARTS = new MessageParts()
            .through(
                    SavedModel.META_GRAPHS_FIELD_NUMBER,
                    new MessageParts().through(MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, GRAPH_PARTS));

    private TensorFlowReader() {}

    private static MessageParts graphParts() {
        MessageParts attribute = new MessageParts();
        MessageParts node = new MessageParts().through(NodeDef.ATTR_FIELD_NUMBER, attribute);
        MessageParts function = new MessageParts().through(FunctionDef.NODE_DEF_FIELD_NUMBER, node);
        MessageParts library = new MessageParts().through(FunctionDefLibrary.FUNCTION_FIELD_NUMBER, function);
        return new MessageParts()
                .through(GraphDef.NODE_FIELD_NUMBER, node)
                .through(GraphDef.LIBRARY_FIELD_NUMBER, library);
    }

    /**
     * The network in a frozen graph, a {@code saved_model.pb}, or the folder of a saved model.
     *
     * @param dimensions sizes of the dimensions that the file leaves open: {@code batch} for the first of each input,
     *     {@code INPUT.AXIS} for others
     * @throws UserError when the file is broken, an open dimension has no size, or a shape depends on run-time data
     */
    public static Graph read(Path path, DimensionBindings dimensions) {
        return read(path, dimensions, GraphChoices.NONE);
    }

    /**
     * The part of the network that a call runs.
     *
     * @param choices the signature of a saved model, or the tensors between which the graph is cut
     * @throws UserError as above, or when the file has no such signature or tensors
     */
    public static Graph read(Path path, DimensionBindings dimensions, GraphChoices choices) {
        ModelFile file = ModelFile.open(path);
        return Guard.read(file, "TensorFlow", dimensions, () -> model(file, dimensions, choices).translate(choices));
    }

    private static TensorFlowModel model(ModelFile file, DimensionBindings dimensions, GraphChoices choices)
            throws IOException {
        if (file.kind().equals(Optional.of(ModelKind.TENSORFLOW_SAVED_MODEL))) {
            SavedModel saved = SavedModel.parseFrom(file.without(SAVED, SAVED_PARTS));
            return choices.isCut() && saved.getMetaGraphsCount() > 0
                    ? TensorFlowModel.cut(
                            file, saved.getMetaGraphs(0).getGraphDef(), choices.inputs(), choices.outputs(), dimensions)
                    : TensorFlowModel.of(file, saved, choices.signature(), dimensions);
        }
        GraphDef graph = GraphDef.parseFrom(file.without(GRAPH, GRAPH_PARTS));
        choices.signature().ifPresent(_ -> {
            throw new UserError(file.name() + " is a frozen graph and has no signatures; use --input and --output");
        });
        return choices.isCut()
                ? TensorFlowModel.cut(file, graph, choices.inputs(), choices.outputs(), dimensions)
                : TensorFlowModel.of(file, graph, dimensions);
    }

    /** A map's entry has its value in the second field. */
    private static WeightPath attribute() {
        WeightPath tensor =
                WeightPath.at(TensorProto.TENSOR_CONTENT_FIELD_NUMBER, TensorProto.FLOAT_VAL_FIELD_NUMBER);
        WeightPath value = WeightPath.through(Map.of(AttrValue.TENSOR_FIELD_NUMBER, tensor));
        return WeightPath.through(Map.of(2, value));
    }
}

package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.WeightPath;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads ONNX files of opset 7 and later.
 *
 * <p>Weights are never looked at, only their sizes; external data files need not be there. An unmodelled
 * operator becomes a {@link dev.infermark.graph.Custom} node.
 */
public final class OnnxReader {

    private static final WeightPath TENSOR = WeightPath.at(TensorProto.RAW_DATA_FIELD_NUMBER);
    private static final WeightPath NODE = WeightPath.through(Map.of(
            NodeProto.ATTRIBUTE_FIELD_NUMBER, WeightPath.through(Map.of(AttributeProto.T_FIELD_NUMBER, TENSOR))));
    private static final WeightPath WEIGHTS = WeightPath.through(Map.of(
            ModelProto.GRAPH_FIELD_NUMBER,
            WeightPath.through(Map.of(
                    GraphProto.INITIALIZER_FIELD_NUMBER, TENSOR, GraphProto.NODE_FIELD_NUMBER, NODE))));

    private OnnxReader() {}

    /**
     * The network in a file.
     *
     * @param dimensions sizes of the dimensions that the file leaves open
     * @throws UserError when the file is broken, an open dimension has no size, or a shape depends on run-time data
     */
    public static Graph read(Path path, DimensionBindings dimensions) {
        return read(path, dimensions, GraphChoices.NONE);
    }

    /**
     * The network in a file, or the part of it between the chosen tensors.
     *
     * @throws UserError as above, or when the file has no such tensors
     */
    public static Graph read(Path path, DimensionBindings dimensions, GraphChoices choices) {
        ModelFile file = ModelFile.open(path);
        return Guard.read(file, "ONNX", dimensions, () -> {
            byte[] bare = file.without(WEIGHTS, OnnxParts.MODEL);
            ModelProto model = ModelProto.parseFrom(bare);
            if (model.getGraph().getNodeCount() == 0) {
                throw new UserError(file.name() + " holds no ONNX operators; export the model again");
            }
            if (choices.isCut()) {
                OnnxCut cut = new OnnxCut(file.name(), model.getGraph(), choices.inputs(), choices.outputs());
                model = model.toBuilder().setGraph(cut.part()).build();
            }
            return new OnnxModel(file, model, dimensions, choices).translate();
        });
    }
}

package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.file.ModelFile;
import java.nio.file.Path;

/**
 * Reads ONNX files of opset 7 and later.
 *
 * <p>Weights are never looked at, only their sizes; external data files need not be there. An operator that nobody
 * knows becomes a {@link dev.infermark.graph.Custom} node.
 */
public final class OnnxReader {

    private OnnxReader() {}

    /**
     * The network in a file.
     *
     * @param dimensions sizes of the dimensions that the file leaves open
     * @throws UserError when the file is broken, an open dimension has no size, or a shape depends on run-time data
     */
    public static Graph read(Path path, DimensionBindings dimensions) {
        ModelFile file = ModelFile.open(path);
        return Guard.read(file, "ONNX", () -> {
            OnnxLimits.check(file);
            ModelProto model = ModelProto.parseFrom(file.fields());
            if (model.getGraph().getNodeCount() == 0) {
                throw new UserError(file.name() + " holds no ONNX operators; export the model again");
            }
            return new OnnxModel(file, model, dimensions).translate();
        });
    }
}

package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import java.nio.file.Path;
import java.util.Optional;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Reads frozen TensorFlow graphs and saved models.
 *
 * <p>Images that the file has as [batch, height, width, channels] are [batch, channels, height, width] in the graph;
 * that is a choice of layout and costs nothing. An operator that nobody knows becomes a
 * {@link dev.infermark.graph.Custom} node.
 */
public final class TensorFlowReader {

    private TensorFlowReader() {}

    /**
     * The network in a frozen graph, a {@code saved_model.pb}, or the folder of a saved model.
     *
     * @param dimensions sizes of the dimensions that the file leaves open: {@code batch} for the first of each input,
     *     {@code INPUT.AXIS} for others
     * @throws UserError when the file is broken, an open dimension has no size, or a shape depends on run-time data
     */
    public static Graph read(Path path, DimensionBindings dimensions) {
        ModelFile file = ModelFile.open(path);
        return Guard.read(file, "TensorFlow", () -> {
            boolean isSaved = file.kind().equals(Optional.of(ModelKind.TENSORFLOW_SAVED_MODEL));
            TensorFlowModel model = isSaved
                    ? TensorFlowModel.of(file, SavedModel.parseFrom(file.fields()), dimensions)
                    : TensorFlowModel.of(file, GraphDef.parseFrom(file.fields()), dimensions);
            return model.translate();
        });
    }
}

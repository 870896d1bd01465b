package dev.infermark.reader;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import dev.infermark.reader.hlo.HloReader;
import dev.infermark.reader.hlo.HloShardings;
import dev.infermark.reader.onnx.OnnxReader;
import dev.infermark.reader.tensorflow.TensorFlowReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that hold a whole graph: ONNX, TensorFlow and HLO, told apart by their content. */
final class GraphFileFormat implements ModelFormat {

    @Override
    public String title() {
        return "ONNX (.onnx), TensorFlow GraphDef or SavedModel (.pb, or its folder), HLO (.txt, .hlo, .pb)";
    }

    @Override
    public boolean recognises(Path file) {
        Path content = Files.isDirectory(file) ? file.resolve("saved_model.pb") : file;
        return Files.isRegularFile(content) && ModelFile.open(content).kind().filter(this::holdsGraph).isPresent();
    }

    @Override
    public ModelSource open(Path file) {
        ModelFile content = ModelFile.open(file);
        ModelKind kind = content.kind().orElseThrow(() -> new UserError(file + " is no model file that is known"));
        return new GraphFile(content.title(), file, kind);
    }

    private boolean holdsGraph(ModelKind kind) {
        return kind != ModelKind.HUGGING_FACE_CONFIG;
    }

    /** A file whose graph is fixed but for its open dimensions; its batch is the first dimension of its first input. */
    private record GraphFile(String name, Path path, ModelKind kind) implements ModelSource {

        @Override
        public Graph graph(Workload workload) {
            DimensionBindings dimensions = new DimensionBindings(workload.dimensions());
            boolean hasSignatures = kind == ModelKind.TENSORFLOW_GRAPH || kind == ModelKind.TENSORFLOW_SAVED_MODEL;
            if (workload.choices().signature().isPresent() && !hasSignatures) {
                throw new UserError(path + " has no signatures; leave out --signature");
            }
            return switch (kind) {
                case ONNX -> OnnxReader.read(path, dimensions, workload.choices());
                case TENSORFLOW_GRAPH, TENSORFLOW_SAVED_MODEL ->
                        TensorFlowReader.read(path, dimensions, workload.choices());
                case HLO_TEXT, HLO_PROTO -> HloReader.read(path, workload.choices());
                case HUGGING_FACE_CONFIG -> throw new IllegalStateException("a config holds no graph: " + path);
            };
        }

        /** That the tensors of an HLO text are annotated for a partitioner which has not run yet. */
        @Override
        public List<String> notes() {
            return kind != ModelKind.HLO_TEXT
                    ? List.of()
                    : HloShardings.cores(path).stream()
                            .mapToObj(cores -> name + ": its tensors are to be divided among " + cores
                                    + " cores; --tensor-parallel " + cores + " predicts that, without it each core"
                                    + " has a whole copy")
                            .toList();
        }

        @Override
        public long batch(Graph graph, Workload workload) {
            return graph.inputs().stream()
                    .filter(input -> input.shape().rank() > 0)
                    .mapToLong(input -> input.shape().dimension(0))
                    .findFirst()
                    .orElse(1);
        }
    }
}

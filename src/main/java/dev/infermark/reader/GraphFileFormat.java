package dev.infermark.reader;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import dev.infermark.reader.hlo.HloReader;
import dev.infermark.reader.onnx.OnnxReader;
import dev.infermark.reader.tensorflow.TensorFlowReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return kind == ModelKind.HLO_TEXT || kind == ModelKind.HLO_PROTO
                ? new HloFile(content.title(), file)
                : new GraphFile(content.title(), file, kind);
    }

    private boolean holdsGraph(ModelKind kind) {
        return kind != ModelKind.HUGGING_FACE_CONFIG;
    }

    /** A file whose graph is fixed but for its open dimensions; its batch is the first dimension of its first input. */
    private record GraphFile(String name, Path path, ModelKind kind) implements ModelSource {

        @Override
        public Graph graph(Workload workload) {
            DimensionBindings dimensions = new DimensionBindings(workload.dimensions());
            return switch (kind) {
                case ONNX -> {
                    requireNoSignature(workload, path);
                    yield OnnxReader.read(path, dimensions, workload.choices());
                }
                case TENSORFLOW_GRAPH, TENSORFLOW_SAVED_MODEL ->
                        TensorFlowReader.read(path, dimensions, workload.choices());
                case HLO_TEXT, HLO_PROTO, HUGGING_FACE_CONFIG ->
                        throw new IllegalStateException("not read as a graph here: " + path);
            };
        }

        @Override
        public long batch(Graph graph, Workload workload) {
            return firstDimension(graph);
        }
    }

    /** An HLO module, read once. */
    private static final class HloFile implements ModelSource {
        private final String name;
        private final Path path;
        private @Nullable HloReader reader;

        private HloFile(String name, Path path) {
            this.name = name;
            this.path = path;
        }

        private synchronized HloReader reader() {
            if (reader == null) {
                reader = HloReader.open(path);
            }
            return reader;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Graph graph(Workload workload) {
            requireNoSignature(workload, path);
            return reader().graph(workload.choices());
        }

        /** What a partitioner shall do with its tensors, or has done. */
        @Override
        public List<String> notes() {
            List<String> notes = new ArrayList<>();
            reader().annotatedCores().ifPresent(cores -> notes.add(name + ": its tensors are to be divided among "
                    + cores + " cores; --tensor-parallel " + cores
                    + " predicts that, without it each core has a whole copy"));
            reader().dividedCores().ifPresent(cores -> notes.add(name + ": a partitioner has divided its tensors among "
                    + cores + " cores; what is predicted is one core's part"));
            return notes;
        }

        @Override
        public long batch(Graph graph, Workload workload) {
            return firstDimension(graph);
        }
    }

    private static void requireNoSignature(Workload workload, Path path) {
        if (workload.choices().signature().isPresent()) {
            throw new UserError(path + " has no signatures; leave out --signature");
        }
    }

    private static long firstDimension(Graph graph) {
        return graph.inputs().stream()
                .filter(input -> input.shape().rank() > 0)
                .mapToLong(input -> input.shape().dimension(0))
                .findFirst()
                .orElse(1);
    }
}

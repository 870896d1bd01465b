package dev.infermark.reader.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.VersionDef;

class ModelFileTest {
    @TempDir
    private Path folder;

    @Test
    void tellsKindsByContentAlone() throws IOException {
        assertEquals(
                Optional.of(ModelKind.ONNX),
                kind(OnnxMl.ModelProto.newBuilder()
                        .setIrVersion(8)
                        .setGraph(OnnxMl.GraphProto.newBuilder().setName("g"))
                        .build()
                        .toByteArray()));
        GraphDef graph = GraphDef.newBuilder()
                .addNode(NodeDef.newBuilder().setName("x").setOp("Placeholder"))
                .setVersions(VersionDef.newBuilder().setProducer(1))
                .build();
        assertEquals(Optional.of(ModelKind.TENSORFLOW_GRAPH), kind(graph.toByteArray()));
        assertEquals(
                Optional.of(ModelKind.TENSORFLOW_SAVED_MODEL),
                kind(SavedModel.newBuilder()
                        .setSavedModelSchemaVersion(1)
                        .addMetaGraphs(MetaGraphDef.newBuilder().setGraphDef(graph))
                        .build()
                        .toByteArray()));
        assertEquals(Optional.of(ModelKind.HLO_TEXT), kind(text("// note\nHloModule m\n")));
        assertEquals(Optional.of(ModelKind.HUGGING_FACE_CONFIG), kind(text(" {\"model_type\": \"bert\"}")));
        assertEquals(Optional.empty(), kind(text("\u007f nothing")));
    }

    @Test
    void refusesWhatCannotBeOneMessage() throws IOException {
        Path large = folder.resolve("large.onnx");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3_000_000_000L);
        }
        refuses(large, "external data");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        refuses(empty, "is empty");
        refuses(folder.resolve("missing.onnx"), "no such file");
        refuses(folder, "saved_model.pb");
    }

    private static void refuses(Path path, String part) {
        UserError error = assertThrows(UserError.class, () -> ModelFile.open(path));
        assertTrue(String.valueOf(error.getMessage()).contains(part), error.getMessage());
    }

    private Optional<ModelKind> kind(byte[] content) throws IOException {
        Path path = folder.resolve("model.bin");
        Files.write(path, content);
        return ModelFile.open(path).kind();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

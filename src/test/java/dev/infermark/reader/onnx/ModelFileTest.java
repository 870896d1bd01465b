package dev.infermark.reader.onnx;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    private Path folder;

    @Test
    void isFoundByItsContentWhateverItsName() throws IOException {
        Path file = Files.write(
                folder.resolve("network.bin"), OnnxNetworks.resNet50().model().toByteArray());
        ModelSource source = Models.find(file.toString());
        Graph graph = source.graph(Workload.ofBatch(1));
        assertEquals("network", source.name());
        assertEquals(25_557_032, graph.parameters());
    }

    @Test
    void tellsTheBatchThatItsDimensionsWereBoundTo() throws IOException {
        Path file = Files.write(
                folder.resolve("bert.onnx"), OnnxNetworks.bertBase().model().toByteArray());
        ModelSource source = Models.find(file.toString());
        Workload workload = Workload.ofBatch(1).withDimensions(Map.of("batch", 4L, "sequence", 128L));
        assertEquals(4, source.batch(source.graph(workload), workload));
    }

    @Test
    void asksForDimensionsThatItLeavesOpen() throws IOException {
        Path file = Files.write(
                folder.resolve("bert.onnx"), OnnxNetworks.bertBase().model().toByteArray());
        ModelSource source = Models.find(file.toString());
        assertMentions(assertThrows(UserError.class, () -> source.graph(Workload.ofBatch(1))), "--dim");
    }

    /** 1.2 GB of weights in a file with a hole in their place; reading them would take more than a small heap. */
    @Test
    void leavesWeightsWhereTheyLie() throws IOException {
        long elements = 300_000_000;
        OnnxFile network = new OnnxFile(13);
        network.output(network.op("Add", List.of(network.input("x", elements), "w")));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        CodedOutputStream tensor = CodedOutputStream.newInstance(head);
        tensor.writeInt64(TensorProto.DIMS_FIELD_NUMBER, elements);
        tensor.writeInt32(TensorProto.DATA_TYPE_FIELD_NUMBER, TensorProto.DataType.FLOAT_VALUE);
        tensor.writeString(TensorProto.NAME_FIELD_NUMBER, "w");
        writeLength(tensor, TensorProto.RAW_DATA_FIELD_NUMBER, 4 * elements);
        tensor.flush();
        ByteArrayOutputStream front = new ByteArrayOutputStream();
        CodedOutputStream model = CodedOutputStream.newInstance(front);
        network.model().writeTo(model);
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        CodedOutputStream graph = CodedOutputStream.newInstance(start);
        writeLength(graph, GraphProto.INITIALIZER_FIELD_NUMBER, head.size() + 4 * elements);
        graph.flush();
        writeLength(model, ModelProto.GRAPH_FIELD_NUMBER, start.size() + head.size() + 4 * elements);
        model.flush();
        Path file = folder.resolve("large.onnx");
        Files.write(file, front.toByteArray());
        Files.write(file, start.toByteArray(), StandardOpenOption.APPEND);
        Files.write(file, head.toByteArray(), StandardOpenOption.APPEND);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(large.length() + 4 * elements);
        }
        assertEquals(elements, Models.find(file.toString()).graph(Workload.ofBatch(1)).parameters());
    }

    private static void writeLength(CodedOutputStream out, int field, long length) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt64NoTag(length);
    }
}

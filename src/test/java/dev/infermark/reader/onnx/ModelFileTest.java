package dev.infermark.reader.onnx;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}

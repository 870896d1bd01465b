package dev.infermark.reader;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.hlo.HloReader;
import dev.infermark.reader.tensorflow.TensorFlowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a graph file exists what a call runs: what its outputs are computed from, down to its inputs. */
class GraphCutTest {
    private static final String MODULE = """
            HloModule two

            ENTRY %main (x: f32[8,64], w: f32[64,32], v: f32[32,16]) -> f32[8,16] {
              %x = f32[8,64] parameter(0)
              %w = f32[64,32] parameter(1)
              %v = f32[32,16] parameter(2)
              %h = f32[8,32] dot(%x, %w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %a = f32[8,32] tanh(%h)
              ROOT %y = f32[8,16] dot(%a, %v), lhs_contracting_dims={1}, rhs_contracting_dims={0}
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one_signature", "input_of_another_signature", "fed_in_the_middle"})
    void theSignatureOfASavedModelDecidesWhatIsRun(String name) throws IOException {
        Graph graph = TensorFlowReader.read(resource(name), new DimensionBindings(Map.of()));
        assertEquals(List.of(Shape.of(8, 64)), shapes(graph));
        assertEquals(1, graph.nodes().size());
    }

    @Test
    void anotherSignatureIsAnotherNetworkAndAnUnknownOneEndsInTheList() throws IOException {
        Path file = resource("input_of_another_signature");
        DimensionBindings none = new DimensionBindings(Map.of());
        Graph other = TensorFlowReader.read(file, none, GraphChoices.NONE.withSignature("other"));
        assertEquals(List.of("images"), other.inputs().stream().map(input -> input.name()).toList());
        UserError error = assertThrows(
                UserError.class,
                () -> TensorFlowReader.read(file, none, GraphChoices.NONE.withSignature("third")));
        assertMentions(error, "has no signature third; it has other, serving_default");
    }

    @Test
    void aSavedModelIsCutAtNamedNodes() throws IOException {
        GraphChoices choices = GraphChoices.NONE.cut(List.of(), List.of("Relu", "images"));
        UserError error = assertThrows(
                UserError.class,
                () -> TensorFlowReader.read(
                        resource("one_signature"), new DimensionBindings(Map.of()), choices));
        assertMentions(error, "has no node Relu; name one for --input and --output");
    }

    @Test
    void aModuleIsCutAtNamedInstructions() throws IOException {
        assertEquals(List.of("MatMul"), operators(cut(List.of("a"), List.of())));
        assertEquals(32 * 16, cut(List.of("a"), List.of()).parameters());
        assertEquals(List.of("MatMul"), operators(cut(List.of(), List.of("%h"))));
        Graph both = cut(List.of("h"), List.of("a", "y"));
        assertEquals(List.of("Tanh", "MatMul"), operators(both));
        assertEquals(List.of(Shape.of(8, 32)), shapes(both));
        assertEquals(2, both.outputs().size());
        assertMentions(assertThrows(UserError.class, () -> cut(List.of("z"), List.of())), "no instruction z");
    }

    private Graph cut(List<String> inputs, List<String> outputs) throws IOException {
        Path file = Files.writeString(folder.resolve("module.hlo"), MODULE);
        return HloReader.open(file).graph(GraphChoices.NONE.cut(inputs, outputs));
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name + ".pb");
        try (InputStream in = Objects.requireNonNull(
                GraphCutTest.class.getResourceAsStream("tensorflow/" + name + ".pb"))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static List<Shape> shapes(Graph graph) {
        return graph.inputs().stream().map(input -> input.shape()).toList();
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().mnemonic()).toList();
    }
}

package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxFile.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxControlFlowTest {
    @TempDir
    private Path folder;

    @Test
    void aLoopWithAKnownTripCountIsWrittenAsOftenAsItRuns() {
        OnnxFile file = new OnnxFile(13);
        String w = file.weight("w", 32, 32);
        GraphProto body = body("cond_in", NodeProto.newBuilder()
                .setOpType("MatMul")
                .addInput("state")
                .addInput(w)
                .addOutput("next")
                .build());
        String y = file.op(
                "Loop",
                List.of(file.scalar("trips", 5), truth(file), file.input("x", 4, 32)),
                attribute("body", body));
        Graph graph = file.output(y).read();
        assertEquals(5, count(graph, "MatMul"));
        assertEquals(Shape.of(4, 32), graph.outputs().getFirst().shape());
        assertEquals(32 * 32, graph.parameters(), "all trips share one weight");
    }

    @Test
    void whatEachTripLeavesIsStacked() {
        OnnxFile file = new OnnxFile(13);
        GraphProto body = body("cond_in", relu()).toBuilder().addOutput(named("next")).build();
        file.nodes("", "Loop", List.of("last", "all"),
                List.of(file.scalar("trips", 3), truth(file), file.input("x", 4, 32)), attribute("body", body));
        assertEquals(
                Shape.of(3, 4, 32), file.output("all").read().outputs().getFirst().shape());
    }

    @Test
    void aLoopThatOnlyTheDataEndStaysUnknown() {
        OnnxFile file = new OnnxFile(13);
        GraphProto body = body("unknown", relu(), NodeProto.newBuilder()
                .setOpType("ReduceMax")
                .addInput("next")
                .addOutput("unknown")
                .build());
        String y = file.op(
                "Loop",
                List.of(file.scalar("trips", 5), truth(file), file.input("x", 4, 32)),
                attribute("body", body));
        assertEquals(1, count(file.output(y).read(), "Loop"));
    }

    @Test
    void aLoopTooLongToBeWrittenOutStaysUnknown() {
        OnnxFile file = new OnnxFile(13);
        String y = file.op(
                "Loop",
                List.of(file.scalar("trips", 1_000_000_000), truth(file), file.input("x", 4, 32)),
                attribute("body", body("cond_in", relu())));
        assertEquals(1, count(file.output(y).read(), "Loop"));
    }

    @Test
    void aChosenBranchIsTakenWhereTheConditionIsAnInput() throws IOException {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 4, 32);
        NodeProto choice = NodeProto.newBuilder()
                .setName("choice")
                .setOpType("If")
                .addInput(file.input("c", 1))
                .addOutput("y")
                .addAttribute(attribute("then_branch", branch("Relu", x)))
                .addAttribute(attribute("else_branch", branch("Softmax", x)))
                .build();
        file.graph.addNode(choice);
        Path model = Files.write(
                folder.resolve("choice.onnx"), file.output("y").model().toByteArray());
        assertEquals(1, count(read(model, Map.of()), "If"));
        assertEquals(1, count(read(model, Map.of("choice", 0)), "Relu"));
        assertEquals(1, count(read(model, Map.of("choice", 1)), "Softmax"));
    }

    private static Graph read(Path model, Map<String, Integer> taken) {
        return OnnxReader.read(model, new DimensionBindings(Map.of()), GraphChoices.NONE.taking(taken));
    }

    private static NodeProto relu() {
        return NodeProto.newBuilder().setOpType("Relu").addInput("state").addOutput("next").build();
    }

    private static GraphProto branch(String operator, String input) {
        return GraphProto.newBuilder()
                .setName(operator)
                .addNode(NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput("taken"))
                .addOutput(named("taken"))
                .build();
    }

    private static GraphProto body(String condition, NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName("body")
                .addInput(named("trip"))
                .addInput(named("cond_in"))
                .addInput(named("state"))
                .addAllNode(List.of(nodes))
                .addOutput(named(condition))
                .addOutput(named("next"))
                .build();
    }

    private static ValueInfoProto named(String name) {
        return ValueInfoProto.newBuilder().setName(name).build();
    }

    private static String truth(OnnxFile file) {
        file.graph.addInitializer(TensorProto.newBuilder()
                .setName("truth")
                .setDataType(TensorProto.DataType.BOOL.getNumber())
                .addInt32Data(1));
        return "truth";
    }

    private static long count(Graph graph, String operator) {
        return graph.nodes().stream()
                .filter(node -> node.operator().mnemonic().equals(operator))
                .count();
    }
}

package dev.infermark.reader.onnx;

import static dev.infermark.Messages.assertMentions;
import static dev.infermark.reader.onnx.OnnxFile.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxCutTest {
    private final OnnxFile file = new OnnxFile(17);

    private GraphProto cut(List<String> inputs, List<String> outputs) {
        return new OnnxCut("file", file.model().getGraph(), inputs, outputs).part();
    }

    /** Two products with a function between them. */
    private void twoProducts() {
        String h = file.node("MatMul", "h", List.of(file.input("x", 8, 64), file.weight("w", 64, 32)));
        String a = file.node("Tanh", "a", List.of(h));
        file.output(file.node("MatMul", "y", List.of(a, file.weight("v", 32, 16))));
        file.graph.addValueInfo(OnnxFile.info("a", TensorProto.DataType.FLOAT, 8, 32));
    }

    @Test
    void aGraphIsCutAtNamedTensors() {
        twoProducts();
        assertEquals(List.of("y"), nodes(cut(List.of("a"), List.of())));
        assertEquals(List.of("a"), inputs(cut(List.of("a"), List.of())));
        assertEquals(List.of("h"), nodes(cut(List.of(), List.of("h"))));
        GraphProto both = cut(List.of(), List.of("a", "y"));
        assertEquals(List.of("h", "a", "y"), nodes(both));
        assertEquals(List.of("a", "y"), both.getOutputList().stream().map(ValueInfoProto::getName).toList());
    }

    @Test
    void whatTheOutputsAreNotComputedFromDoesNotExist() {
        twoProducts();
        file.node("Relu", "aside", List.of(file.input("other", 3)));
        GraphProto whole = cut(List.of(), List.of());
        assertEquals(List.of("h", "a", "y"), nodes(whole));
        assertEquals(List.of("x"), inputs(whole));
    }

    @Test
    void aTensorThatNobodyWritesOrDeclaresIsNamed() {
        twoProducts();
        assertMentions(
                assertThrows(UserError.class, () -> cut(List.of(), List.of("z"))), "file has no tensor z");
        assertMentions(
                assertThrows(UserError.class, () -> cut(List.of("h"), List.of())),
                "file declares no shape for tensor h");
    }

    @Test
    void whatBranchesInsideOfBranchesReadIsKept() {
        String x = file.input("x", 2, 3);
        String deep = file.node("Relu", "deep", List.of(x));
        String handed = file.node("Tanh", "handed", List.of(x));
        GraphProto inner = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput(deep).addOutput("inside"))
                .addOutput(ValueInfoProto.newBuilder().setName("inside"))
                .build();
        GraphProto outer = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("If")
                        .addInput("condition")
                        .addOutput("between")
                        .addAttribute(attribute("then_branch", inner)))
                .addOutput(ValueInfoProto.newBuilder().setName(handed))
                .build();
        String condition = file.scalar("condition", 1);
        file.output(file.node("If", "y", List.of(condition), attribute("then_branch", outer)));
        assertEquals(List.of("deep", "handed", "condition", "y"), nodes(cut(List.of(), List.of())));
    }

    @Test
    void statisticsOfALayerNormalizationAreThereWhereTheyAreRead() {
        String x = file.input("x", 2, 4, 8);
        file.nodes("", "LayerNormalization", List.of("n", "mean", "deviation"),
                List.of(x, file.weight("scale", 8), file.weight("shift", 8)), attribute("axis", -1));
        Graph read = file.output("n").output("mean").output("deviation").read();
        assertEquals(
                List.of(Shape.of(2, 4, 8), Shape.of(2, 4, 1), Shape.of(2, 4, 1)),
                read.outputs().stream().map(output -> output.shape()).toList());
    }

    @Test
    void statisticsThatNobodyReadsCostNothing() {
        String x = file.input("x", 2, 4, 8);
        file.nodes("", "LayerNormalization", List.of("n", "mean", "deviation"),
                List.of(x, file.weight("scale", 8), file.weight("shift", 8)));
        assertEquals(1, file.output("n").read().nodes().size());
    }

    private static List<String> nodes(GraphProto graph) {
        return graph.getNodeList().stream().map(node -> node.getOutput(0)).toList();
    }

    private static List<String> inputs(GraphProto graph) {
        return graph.getInputList().stream().map(ValueInfoProto::getName).toList();
    }
}

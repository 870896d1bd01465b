package dev.infermark.reader.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

class TensorFlowReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsImagesWithChannelsLastWithoutMovingThem() throws IOException {
        Graph graph = read(imageNetwork().bytes(), Map.of("batch", 4L));
        assertEquals(3 * 3 * 3 * 32 + 64 + 9 * 32 + 32 + 320, graph.parameters());
        assertEquals(
                2L * 4 * (112 * 112 * 32 * 27 + 112 * 112 * 32 * 9 + 320), graph.work().flops());
        assertEquals(
                List.of(
                        "Convolution", "BatchNorm", "Relu", "Convolution", "Add", "Reduce", "MatMul", "Softmax"),
                graph.nodes().stream().map(node -> node.operator().mnemonic()).toList());
        assertEquals(Shape.of(4, 3, 224, 224), graph.inputs().getFirst().shape());
    }

    @Test
    void fusesTheLayerNormalizationAndGeluOfBert() throws IOException {
        GraphFile file = new GraphFile();
        String x = file.placeholder("x", DataType.DT_FLOAT, -1, -1, 64);
        x = file.node("Einsum", "dense", List.of(x, file.weight("w", 64, 64)));
        file.graph.getNodeBuilder(file.graph.getNodeCount() - 1)
                .putAttr("equation", GraphFile.text("abc,cd->abd"));
        String mean = file.keeping("Mean", "moments/mean", List.of(x, file.integers("axis", 2)));
        String squares = file.node("SquaredDifference", "moments/squares", List.of(x, mean));
        String variance = file.keeping("Mean", "moments/variance", List.of(squares, "axis"));
        String root = file.node(
                "Rsqrt", "rsqrt", List.of(file.node("AddV2", "add", List.of(variance, file.number("eps", 1e-12f)))));
        String scale = file.node("Mul", "mul", List.of(root, file.weight("gamma", 64)));
        String scaled = file.node("Mul", "mul_1", List.of(x, scale));
        String shifted = file.node(
                "Sub",
                "sub",
                List.of(file.weight("beta", 64), file.node("Mul", "mul_2", List.of(mean, scale))));
        String y = file.node("AddV2", "normalized", List.of(scaled, shifted));
        String erf = file.node(
                "Erf", "erf", List.of(file.node("RealDiv", "div", List.of(y, file.number("root2", 1.414f)))));
        String gate = file.node("AddV2", "gate", List.of(file.number("one", 1), erf));
        String half = file.node("Mul", "half", List.of(file.number("half/x", 0.5f), gate));
        file.node("Mul", "gelu", List.of(y, half));
        Graph graph = read(file.bytes(), Map.of("batch", 2L, "x.1", 16L));
        assertEquals(
                List.of("MatMul", "LayerNorm", "Gelu"),
                graph.nodes().stream().map(node -> node.operator().mnemonic()).toList());
        assertEquals(64 * 64 + 128, graph.parameters());
        assertEquals(Shape.of(2, 16, 64), graph.outputs().getFirst().shape());
    }

    @Test
    void followsShapesComputedInTheGraph() throws IOException {
        GraphFile file = new GraphFile();
        String x = file.placeholder("x", DataType.DT_FLOAT, -1, 12, 64);
        String shape = file.node("Shape", "shape", List.of(x));
        String batch = file.node(
                "StridedSlice",
                "slice",
                List.of(shape, file.integers("b", 0), file.integers("e", 1), file.integers("s", 1)));
        file.graph.getNodeBuilder(file.graph.getNodeCount() - 1).putAttr("shrink_axis_mask", GraphFile.integer(1));
        String target = file.node("Pack", "pack", List.of(batch, file.scalar("all", 768)));
        file.node("Reshape", "flat", List.of(x, target));
        assertEquals(
                Shape.of(3, 768),
                read(file.bytes(), Map.of("batch", 3L)).outputs().getFirst().shape());
    }

    @Test
    void readsTheDefaultSignatureOfASavedModelThroughItsFunctions() throws IOException {
        GraphFile inner = new GraphFile();
        inner.node("MatMul", "product", List.of("x_in", "w:output:0"));
        inner.weight("w", 8, 4);
        FunctionDef function = FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder()
                        .setName("inference")
                        .addInputArg(OpDef.ArgDef.newBuilder().setName("x_in"))
                        .addOutputArg(OpDef.ArgDef.newBuilder().setName("y_out")))
                .addAllNodeDef(inner.graph.getNodeList())
                .putRet("y_out", "product:product:0")
                .build();
        GraphFile outer = new GraphFile();
        outer.placeholder("serving_x", DataType.DT_FLOAT, -1, 8);
        outer.node("StatefulPartitionedCall", "call", List.of("serving_x"));
        outer.graph
                .getNodeBuilder(1)
                .putAttr("f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName("inference")).build());
        outer.node("SaveV2", "save", List.of("nowhere"));
        outer.graph.setLibrary(FunctionDefLibrary.newBuilder().addFunction(function));
        SavedModel saved = SavedModel.newBuilder()
                .setSavedModelSchemaVersion(1)
                .addMetaGraphs(MetaGraphDef.newBuilder()
                        .setGraphDef(outer.graph)
                        .putSignatureDef(
                                "serving_default",
                                SignatureDef.newBuilder()
                                        .putOutputs("y", TensorInfo.newBuilder().setName("call:0").build())
                                        .build()))
                .build();
        Files.write(folder.resolve("saved_model.pb"), saved.toByteArray());
        Graph graph = TensorFlowReader.read(folder, new DimensionBindings(Map.of("batch", 2L)));
        assertEquals(32, graph.parameters());
        assertEquals(Shape.of(2, 4), graph.outputs().getFirst().shape());
    }

    @Test
    void aConditionalIsTheBranchThatIsChosen() throws IOException {
        GraphFile file = new GraphFile();
        file.placeholder("c", DataType.DT_BOOL, 1);
        file.placeholder("x", DataType.DT_FLOAT, 2, 8);
        file.node("StatelessIf", "choice", List.of("c", "x"));
        file.graph
                .getNodeBuilder(2)
                .putAttr("then_branch", called("gate"))
                .putAttr("else_branch", called("ramp"));
        file.graph.setLibrary(FunctionDefLibrary.newBuilder()
                .addFunction(function("gate", "Sigmoid"))
                .addFunction(function("ramp", "Relu")));
        Path model = Files.write(folder.resolve("choice.pb"), file.bytes());
        for (Map.Entry<Integer, String> branch : Map.of(0, "Sigmoid", 1, "Relu").entrySet()) {
            Graph graph = TensorFlowReader.read(
                    model,
                    new DimensionBindings(Map.of()),
                    GraphChoices.NONE.taking(Map.of("choice", branch.getKey())));
            assertEquals(
                    List.of(branch.getValue()),
                    graph.nodes().stream().map(node -> node.operator().mnemonic()).toList());
        }
        Graph open = TensorFlowReader.read(model, new DimensionBindings(Map.of()));
        assertEquals("StatelessIf", open.nodes().getFirst().operator().mnemonic());
    }

    private static AttrValue called(String function) {
        return AttrValue.newBuilder()
                .setFunc(NameAttrList.newBuilder().setName(function))
                .build();
    }

    private static FunctionDef function(String name, String operator) {
        GraphFile inner = new GraphFile();
        inner.node(operator, "result", List.of("x_in"));
        return FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder()
                        .setName(name)
                        .addInputArg(OpDef.ArgDef.newBuilder().setName("x_in"))
                        .addOutputArg(OpDef.ArgDef.newBuilder().setName("y_out")))
                .addAllNodeDef(inner.graph.getNodeList())
                .putRet("y_out", "result:y:0")
                .build();
    }

    @Test
    void knowsSiluAndTheQuickGeluByTheirCoefficient() throws IOException {
        for (Map.Entry<Float, String> gate : Map.of(1f, "Silu", 1.702f, "Quick_gelu").entrySet()) {
            GraphFile file = new GraphFile();
            String x = file.node("Relu", "x", List.of(file.placeholder("in", DataType.DT_FLOAT, 2, 8)));
            String scaled = file.node("Mul", "scaled", List.of(file.number("beta", gate.getKey()), x));
            file.node("Mul", "y", List.of(x, file.node("Sigmoid", "sigmoid", List.of(scaled))));
            assertEquals(
                    List.of("Relu", gate.getValue()),
                    read(file.bytes(), Map.of()).nodes().stream()
                            .map(node -> node.operator().mnemonic())
                            .toList());
        }
    }

    @Test
    void refusesLoopsAndBrokenFilesInOneLine() throws IOException {
        GraphFile file = new GraphFile();
        file.node("Merge", "merge", List.of(file.placeholder("x", DataType.DT_FLOAT, 1), "next"));
        file.node("NextIteration", "next", List.of("merge"));
        file.node("Relu", "y", List.of("merge"));
        UserError cycle = assertThrows(UserError.class, () -> read(file.bytes(), Map.of()));
        assertTrue(String.valueOf(cycle.getMessage()).contains("cycle"), cycle.getMessage());
        GraphFile open = new GraphFile();
        open.node("Relu", "y", List.of(open.placeholder("x", DataType.DT_FLOAT, -1, 3)));
        UserError unbound = assertThrows(UserError.class, () -> read(open.bytes(), Map.of()));
        assertTrue(String.valueOf(unbound.getMessage()).contains("--dim batch=1"), unbound.getMessage());
        Random random = new Random(7);
        byte[] whole = imageNetwork().bytes();
        for (int i = 0; i < 200; i++) {
            byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                read(broken, Map.of("batch", 1L));
            } catch (UserError e) {
                assertFalse(String.valueOf(e.getMessage()).matches("(?s).*(\n|out of bounds).*"), e.getMessage());
            }
        }
    }

    private static GraphFile imageNetwork() {
        GraphFile file = new GraphFile();
        String x = file.placeholder("image", DataType.DT_FLOAT, -1, 224, 224, 3);
        x = file.window("Conv2D", "conv1", List.of(x, file.weight("conv1/w", 3, 3, 3, 32)), 2, "SAME");
        x = file.node(
                "FusedBatchNormV3",
                "bn",
                List.of(
                        x,
                        file.weight("gamma", 32),
                        file.weight("beta", 32),
                        file.weight("mean", 32),
                        file.weight("variance", 32)));
        x = file.node("Relu6", "relu", List.of(x));
        x = file.window("DepthwiseConv2dNative", "depthwise", List.of(x, file.weight("dw", 3, 3, 32, 1)), 1, "SAME");
        x = file.node("BiasAdd", "biased", List.of(x, file.weight("dw/b", 32)));
        x = file.node("AddV2", "residual", List.of(x, "relu"));
        x = file.node("Mean", "pool", List.of(x, file.integers("axes", 1, 2)));
        x = file.node("MatMul", "logits", List.of(x, file.weight("fc", 32, 10)));
        file.node("Softmax", "probabilities", List.of(x));
        return file;
    }

    private Graph read(byte[] bytes, Map<String, Long> dimensions) throws IOException {
        Path path = folder.resolve("frozen.pb");
        Files.write(path, bytes);
        return TensorFlowReader.read(path, new DimensionBindings(dimensions));
    }
}

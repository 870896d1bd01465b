package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxFile.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OnnxReaderTest {

    /** Published: 25.56 M parameters and 4.09 G multiply-accumulates, each two operations. */
    @Test
    void countsResNet50WithStrippedWeights() {
        Graph graph = OnnxNetworks.resNet50().read();
        assertEquals(25_557_032, graph.parameters());
        assertEquals(2 * 4.089e9, (double) graph.work().flops(), 0.001 * 2 * 4.089e9);
        assertEquals(Shape.of(1, 1000), graph.outputs().getFirst().shape());
        assertEquals(0, count(graph, "Custom"));
        assertEquals(53, count(graph, "Convolution"));
    }

    /** Published: 60.97 M parameters; 655 M multiply-accumulates for the 224 pixels of this form. */
    @Test
    void countsAlexNetWithStrippedWeights() {
        Graph graph = LightNetworks.alexNet().read();
        assertEquals(60_965_224, graph.parameters());
        long convolutions = 54L * 54 * 96 * 3 * 121
                + 26L * 26 * 256 * 48 * 25
                + 12L * 12 * (384 * 256 * 9 + 384 * 192 * 9 + 256 * 192 * 9);
        assertEquals(2 * (convolutions + 9216 * 4096 + 4096 * 4096 + 4096 * 1000), graph.work().flops());
        assertEquals(Shape.of(1, 1000), graph.outputs().getFirst().shape());
    }

    /** Published: 143.67 M parameters and 19.63 G multiply-accumulates, without biases. */
    @Test
    void countsVgg19WithStrippedWeights() {
        Graph graph = LightNetworks.vgg19().read();
        assertEquals(143_667_240, graph.parameters());
        assertEquals(2 * 19.63e9, (double) graph.work().flops(), 0.001 * 2 * 19.63e9);
        assertEquals(Shape.of(1, 1000), graph.outputs().getFirst().shape());
    }

    @Test
    void averagesOfOneTensorAreTheTensor() {
        OnnxFile file = new OnnxFile(13);
        String mean = file.op("Mean", List.of(file.input("x", 2, 3)));
        assertEquals(List.of("Relu"), mnemonics(file.output(file.op("Relu", List.of(mean))).read()));
    }

    private static List<String> mnemonics(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().mnemonic()).toList();
    }

    @Test
    void countsBertBaseFromItsPartsAndFusesThem() {
        OnnxFile file = OnnxNetworks.bertBase();
        Graph graph = file.read(Map.of("batch", 2L, "sequence", 128L));
        long stored = file.graph.getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE)
                .mapToLong(OnnxReaderTest::elements)
                .sum();
        assertEquals(109_482_240, graph.parameters());
        assertEquals(stored, graph.parameters());
        long perToken = 12L * (4 * 768 * 768 + 2 * 768 * 3072 + 2 * 128 * 768);
        assertEquals(2 * (256 * perToken + 2 * 768 * 768), graph.work().flops());
        assertEquals(25, count(graph, "LayerNorm"));
        assertEquals(12, count(graph, "Gelu"));
        assertEquals(12, count(graph, "Softmax"));
        assertEquals(0, count(graph, "Erf"));
        assertEquals(1, count(graph, "Multiply"));
        assertEquals(12, count(graph, "Divide"));
        assertEquals(4 * 12, count(graph, "Transpose"));
        assertEquals(Shape.of(2, 128, 768), graph.outputs().getFirst().shape());
        assertEquals(
                java.util.stream.IntStream.range(0, 12).mapToObj(i -> "encoder.layer." + i).toList(),
                graph.nodes().stream()
                        .map(Node::layer)
                        .filter(layer -> layer.startsWith("encoder.layer."))
                        .distinct()
                        .toList());
    }

    /** The config has its positions ready as a constant, the file looks them up; all else is the same network. */
    @Test
    void agreesWithTheSameNetworkReadFromItsConfig() {
        Graph file = OnnxNetworks.bertBase().read(Map.of("batch", 4L, "sequence", 128L));
        Graph config = Models.find("bert-base-uncased")
                .graph(Workload.ofBatch(4).withSequenceLength(128).withHead(TaskHead.RAW));
        assertEquals(config.parameters(), file.parameters());
        assertEquals(config.work().flops(), file.work().flops());
        for (String operator :
                List.of("MatMul", "Transpose", "Softmax", "LayerNorm", "Gelu", "Gather", "Add", "Tanh")) {
            assertEquals(count(config, operator), count(file, operator), operator);
        }
    }

    @Test
    void computesShapesOfDetectorsAtReadingTime() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("images", 1, 8, 20, 20);
        String y = file.op("Mul", List.of(x, file.op("Sigmoid", List.of(x))));
        file.nodes("", "Split", List.of("left", "right"), List.of(y), attribute("axis", 1));
        String up = file.op(
                "Resize",
                List.of("left", "", scales(file, 1, 1, 2, 2)),
                attribute("mode", "nearest"));
        String joined = file.op(
                "Concat",
                List.of(up, file.op("Resize", List.of("right", "", "scales"), attribute("mode", "linear"))),
                attribute("axis", 1));
        Graph graph = file.output(joined).read();
        assertEquals(Shape.of(1, 8, 40, 40), graph.outputs().getFirst().shape());
        assertEquals(1, count(graph, "Silu"));
        assertEquals(2, count(graph, "Resize"));
        assertEquals(0, graph.parameters());
    }

    @Test
    void upsamplesByTransposedConvolution() {
        OnnxFile file = new OnnxFile(11);
        String y = file.op(
                "ConvTranspose",
                List.of(file.input("x", 1, 64, 16, 16), file.weight("w", 64, 32, 2, 2), file.weight("b", 32)),
                attribute("strides", List.of(2L, 2L)));
        Graph graph = file.output(y).read();
        assertEquals(Shape.of(1, 32, 32, 32), graph.outputs().getFirst().shape());
        assertEquals(2L * 64 * 16 * 16 * 32 * 4, graph.work().flops());
    }

    @Test
    void keepsQuantizedWeightsInEightBits() {
        OnnxFile file = new OnnxFile(13);
        String scale = file.number("scale", 0.1f);
        String zero = file.weight("zero", TensorProto.DataType.INT8);
        String quantized = file.op("QuantizeLinear", List.of(file.input("x", 4, 64), scale, zero));
        String x = file.op("DequantizeLinear", List.of(quantized, scale, zero));
        String w = file.op(
                "DequantizeLinear", List.of(file.weight("w", TensorProto.DataType.INT8, 64, 32), scale, zero));
        Graph graph = file.output(file.op("MatMul", List.of(x, w))).read();
        assertEquals(64 * 32, graph.parameters());
        assertEquals(2L * 4 * 64 * 32, graph.work().flops());
        Tensor weights = graph.stored().stream().filter(tensor -> tensor.name().equals("w")).findFirst().orElseThrow();
        assertEquals(DataType.INT8, weights.type().type());
        assertEquals(DataType.FP32, graph.outputs().getFirst().type().type());
    }

    @Test
    void readsIntegerConvolutionsAndProducts() {
        OnnxFile file = new OnnxFile(13);
        String scale = file.number("scale", 0.1f);
        String zero = file.weight("zero", TensorProto.DataType.UINT8);
        String x = file.op("QuantizeLinear", List.of(file.input("x", 1, 3, 8, 8), scale, zero));
        String w = file.weight("w", TensorProto.DataType.INT8, 4, 3, 3, 3);
        String y = file.op("QLinearConv", List.of(x, scale, zero, w, scale, zero, scale, zero));
        String flat = file.op("Flatten", List.of(y));
        String m = file.weight("m", TensorProto.DataType.INT8, 144, 10);
        Graph graph = file.output(file.op("MatMulInteger", List.of(flat, m, zero, zero))).read();
        assertEquals(4 * 27 + 1440, graph.parameters());
        assertEquals(2L * 36 * 4 * 27 + 2 * 1440, graph.work().flops());
        assertEquals(DataType.INT32, graph.outputs().getFirst().type().type());
    }

    @Test
    void readsAttentionFusedByTheOptimizer() {
        OnnxFile file = new OnnxFile(14);
        String x = file.input("x", 2, 16, 32);
        String attention = file.nodes(
                "com.microsoft",
                "Attention",
                List.of("attention"),
                List.of(x, file.weight("qkv", 32, 96), file.weight("qkv.bias", 96)),
                attribute("num_heads", 4));
        String y = file.nodes(
                "com.microsoft",
                "SkipLayerNormalization",
                List.of("y"),
                List.of(attention, x, file.weight("gamma", 32), file.weight("beta", 32)));
        Graph graph = file.output(y).read();
        assertEquals(32 * 96 + 96 + 64, graph.parameters());
        assertEquals(2L * 32 * 32 * 96 + 2 * (2L * 2 * 16 * 16 * 32), graph.work().flops());
        assertEquals(1, count(graph, "LayerNorm"));
    }

    @Test
    void attentionOfOpset23SharesKeysAmongHeads() {
        OnnxFile file = new OnnxFile(23);
        String q = file.input("q", 2, 16, 32);
        String k = file.input("k", 2, 24, 8);
        String v = file.input("v", 2, 24, 8);
        String y = file.nodes(
                "",
                "Attention",
                List.of("y"),
                List.of(q, k, v),
                attribute("q_num_heads", 8),
                attribute("kv_num_heads", 2));
        Graph graph = file.output(y).read();
        assertEquals(2 * (2L * 2 * 8 * 16 * 24 * 4), graph.work().flops());
        assertEquals(1, count(graph, "Softmax"));
    }

    @Test
    void takesTheBranchThatAKnownConditionChooses() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 2, 3, 1);
        String last = file.op("Gather", List.of(file.op("Shape", List.of(x)), file.scalar("two", 2)));
        String condition = file.op("Equal", List.of(last, file.scalar("one", 1)));
        String y = file.op(
                "If",
                List.of(condition),
                attribute("then_branch", branch("Squeeze", x, "then")),
                attribute("else_branch", branch("Identity", x, "else")));
        assertEquals(Shape.of(2, 3), file.output(y).read().outputs().getFirst().shape());
    }

    @Test
    void keepsUnknownOperatorsWithTheTypesTheFileDeclares() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 2, 3);
        String y = file.nodes("ai.example", "Mystery", List.of("y"), List.of(x));
        file.graph.addValueInfo(OnnxFile.info("y", TensorProto.DataType.FLOAT, 2, 7));
        Graph graph = file.output(file.op("Relu", List.of(y))).read();
        assertEquals(Shape.of(2, 7), graph.outputs().getFirst().shape());
        Node unknown = graph.nodes().getFirst();
        assertTrue(unknown.operator() instanceof Custom custom && custom.name().equals("ai.example.Mystery"));
    }

    @Test
    void keepsOperatorsAfterUnknownShapesAsUnknownToo() {
        OnnxFile file = new OnnxFile(13);
        String y = file.nodes("ai.example", "Mystery", List.of("y"), List.of(file.input("x", 2, 3)));
        Graph graph = file.output(file.op("MatMul", List.of(y, file.weight("w", 5, 4)))).read();
        assertEquals(List.of("ai.example.Mystery", "MatMul"), graph.nodes().stream()
                .map(node -> node.operator().mnemonic())
                .toList());
    }

    @Test
    void countsSharedWeightsOnce() {
        OnnxFile file = new OnnxFile(13);
        String table = file.weight("table", 100, 8);
        String x = file.op("Gather", List.of(table, file.ids("ids", 1, 5)));
        String transposed = file.op("Transpose", List.of(table), attribute("perm", List.of(1L, 0L)));
        Graph graph = file.output(file.op("MatMul", List.of(x, transposed))).read();
        assertEquals(800, graph.parameters());
        assertEquals(Shape.of(1, 5, 100), graph.outputs().getFirst().shape());
    }

    private static GraphProto branch(String operator, String input, String result) {
        return GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(result))
                .addOutput(ValueInfoProto.newBuilder().setName(result))
                .build();
    }

    private static String scales(OnnxFile file, float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("scales")
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(values.length);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        file.graph.addInitializer(tensor);
        return "scales";
    }

    private static long elements(TensorProto tensor) {
        return tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    }

    static long count(Graph graph, String mnemonic) {
        Map<String, Long> counts = graph.nodes().stream()
                .collect(Collectors.groupingBy(
                        node -> node.operator() instanceof Custom ? "Custom" : node.operator().mnemonic(),
                        Collectors.counting()));
        return counts.getOrDefault(mnemonic, 0L);
    }
}

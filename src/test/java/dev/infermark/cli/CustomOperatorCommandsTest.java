package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.compare.CoreTime;
import dev.infermark.compare.KernelModel;
import dev.infermark.hardware.Catalog;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.numerics.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The user's operator {@code com.example.HardClip}, which the tests' own services file registers. */
@ResourceLock(Resources.SYSTEM_OUT)
class CustomOperatorCommandsTest {
    private static final String NAME = "com.example.HardClip";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void isFoundByItsNameAndRuns(Implementation implementation) {
        CustomOperator operator = CustomOperators.registered().find(NAME).orElseThrow();
        Tensor x = Tensor.full(-3, DataType.FP32, 3, 5000);
        x.floats().set(0.5f, 2, 4999);
        Tensor y = Engines.of(implementation).gpsimd().run(operator, List.of(x)).getFirst();
        assertEquals(-1, y.floats().get(0, 0));
        assertEquals(0.5f, y.floats().get(2, 4999));
    }

    @Test
    void isMeasuredBesideACopyAndModelled() {
        Path results = folder.resolve("run");
        assertEquals(
                0,
                run("bench", "--profile", "smoke", "--only", "HardClip", "--out", results.toString()),
                err::toString);
        BenchmarkResults rows = KernelCsv.read(results.resolve("kernels.csv"));
        assertEquals(
                List.of(
                        NAME + " fp32 128x1024 copy", NAME + " fp32 128x1024 reference", NAME + " fp32 128x1024 simd"),
                rows.measurements().stream()
                        .map(MeasuredRow::id)
                        .map(id -> String.join(" ", id.operation().label(), id.type(), id.shape(), id.implementation()))
                        .toList());
        // Two operations for each element, 8 processors of 16 lanes, and 150 cycles at 1.4 GHz.
        CoreTime time = new KernelModel(Catalog.builtIn().chip("inferentia2").core(), CustomOperators.registered())
                .time(rows.measurements().getFirst().id());
        assertEquals(new CoreTime.Modelled((150 + 2.0 * 128 * 1024 / 16 / 8) / 1.4e9), time);
    }

    @Test
    void isAChoiceOfJmhsParameterToo() {
        PrintStream standard = System.out;
        ByteArrayOutputStream listed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(listed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, run("benchmarks", "-lp", "GpsimdEngineBenchmark"));
        } finally {
            System.setOut(standard);
        }
        assertTrue(listed.toString(StandardCharsets.UTF_8).contains(NAME + ":fp32:128x1024"), listed::toString);
    }

    @Test
    void isPredictedWithItsCostWhereAFileUsesIt() throws IOException {
        Path model = model("com.example", "HardClip", TensorProto.DataType.FLOAT);
        assertEquals(0, run("predict", "--model", model.toString(), "--layers", "--format", "csv"), err::toString);
        assertEquals("", err.toString());
        List<String> lines = out.toString().lines().toList();
        int column = List.of(lines.getFirst().split(",", -1)).indexOf("gpsimde_us");
        double micros = Double.parseDouble(lines.getLast().split(",", -1)[column]);
        assertTrue(micros > 0, out::toString);
    }

    @Test
    void isPredictedAsBeforeOnceItIsCompiled() throws IOException {
        String model = model("com.example", "HardClip", TensorProto.DataType.FLOAT).toString();
        String file = folder.resolve("clipped.infermark").toString();
        assertEquals(0, run("compile", model, "--out", file), err::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, run("predict", model, "--layers", "--format", "csv"), err::toString);
        String direct = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run("predict", "--compiled", file, "--layers", "--format", "csv"), err::toString);
        assertEquals(direct, out.toString());
    }

    @Test
    void isRefusedOnInf1WhichHasNoGpsimdEngine() throws IOException {
        Path model = model("com.example", "HardClip", TensorProto.DataType.FLOAT);
        assertEquals(2, run("predict", "--model", model.toString(), "--instance", "inf1.xlarge"));
        assertEquals(
                "infermark: neuroncore-v1 has no GPSIMD engine to run the custom operator com.example.HardClip"
                        + " (node clip): choose an Inf2 instance",
                err.toString().strip());
    }

    @Test
    void isRefusedWhereItRefusesTheInputsOfTheFile() throws IOException {
        Path model = model("com.example", "HardClip", TensorProto.DataType.INT32);
        assertEquals(2, run("predict", "--model", model.toString()));
        assertEquals(
                "infermark: custom operator com.example.HardClip (node clip) refuses its inputs: inputs:"
                        + " com.example.HardClip takes one fp32 tensor, not [int32 16x1024]",
                err.toString().strip());
    }

    @Test
    void anOperatorThatNobodyRegisteredIsRefusedUnlessAllowed() throws IOException {
        Path model = model("com.example", "Swirl", TensorProto.DataType.FLOAT);
        assertEquals(2, run("predict", "--model", model.toString()));
        assertTrue(err.toString().contains("com.example.Swirl (node clip)"), err::toString);
        assertEquals(0, run("predict", "--model", model.toString(), "--allow-unknown", "com.example.Swirl"));
    }

    @Test
    void theReadyOperatorsAreRegisteredBesideIt() {
        assertEquals(
                List.of(NAME, "embeddingGather", "iota", "nonMaximumSuppression", "relu", "topK", "triangularMask"),
                CustomOperators.registered().all().stream()
                        .map(CustomOperator::name)
                        .toList());
    }

    private Path model(String domain, String operator, TensorProto.DataType type) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("clipped")
                .addInput(info("x", type))
                .addOutput(info("y", type))
                .addNode(NodeProto.newBuilder()
                        .setName("clip")
                        .setDomain(domain)
                        .setOpType(operator)
                        .addInput("x")
                        .addOutput("y"))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1))
                .setGraph(graph)
                .build();
        return Files.write(folder.resolve("clipped.onnx"), model.toByteArray());
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(16))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1024))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
                .build();
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}

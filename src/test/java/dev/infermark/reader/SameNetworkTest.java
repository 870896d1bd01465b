package dev.infermark.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Parallelism;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.GraphSharder;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.hlo.HloNetworks;
import dev.infermark.reader.onnx.OnnxNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same network through several doors: its config or its built-in name, and files as exporters write them. */
class SameNetworkTest {
    /** An exporter lays out a few small nodes otherwise than a config does. */
    private static final double LATENCY = 0.03;

    private static final double FLOPS = 0.01;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsAnOnnxFileAsItDoesAsAConfig(String instance) throws IOException {
        Workload open = Workload.ofBatch(4).withDimensions(Map.of("batch", 4L, "sequence", 128L));
        assertAlike(bert(), read("bert.onnx", OnnxNetworks.bertBaseBytes(), open), instance, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsHloTextAsItDoesAsAConfig(String instance) throws IOException {
        byte[] text = HloNetworks.bertBaseText(4, 128).getBytes(StandardCharsets.UTF_8);
        assertAlike(bert(), read("bert.txt", text, Workload.ofBatch(4)), instance, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsAnHloModuleAsItDoesAsAConfig(String instance) throws IOException {
        assertAlike(
                bert(), read("bert.pb", HloNetworks.bertBaseBytes(4, 128), Workload.ofBatch(4)), instance, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsAnOnnxFileAsTheBuiltInResNetDoes(String instance) throws IOException {
        Graph builtIn = Models.find("resnet50").graph(Workload.ofBatch(1));
        assertAlike(builtIn, read("resnet.onnx", OnnxNetworks.resNet50Bytes(), Workload.ofBatch(1)), instance, 1);
    }

    @ParameterizedTest
    @EnumSource(Norms.class)
    void isSharedAmongCoresAlikeThroughAllDoors(Norms norms) throws IOException {
        Workload open = Workload.ofBatch(4).withDimensions(Map.of("batch", 4L, "sequence", 128L));
        byte[] text = HloNetworks.bertBaseText(4, 128).getBytes(StandardCharsets.UTF_8);
        Instance instance = Catalog.builtIn().instance("inf2.48xlarge");
        Graph expected = GraphSharder.of(bert()).part(4, instance, norms);
        double seconds = shared(bert(), instance, norms);
        for (Graph file : List.of(
                read("bert.onnx", OnnxNetworks.bertBaseBytes(), open),
                read("bert.txt", text, Workload.ofBatch(4)),
                read("bert.pb", HloNetworks.bertBaseBytes(4, 128), Workload.ofBatch(4)))) {
            Graph part = GraphSharder.of(file).part(4, instance, norms);
            assertEquals(expected.parameters(), part.parameters());
            assertEquals(1, (double) part.work().flops() / expected.work().flops(), FLOPS);
            assertEquals(1, shared(file, instance, norms) / seconds, LATENCY);
        }
    }

    private static double shared(Graph graph, Instance instance, Norms norms) {
        Deployment deployment = new Deployment(
                instance, new Parallelism.TensorParallel(4, 1, norms), 1, SdkVersion.NEWEST);
        return Quoter.builtIn()
                .predict(
                        new Network(graph, 4, CustomSupport.NONE),
                        deployment,
                        Precision.compilerDefault(DataType.FP32, instance.chip().core()))
                .latencySeconds();
    }

    private static Graph bert() {
        return Models.find("bert-base-uncased")
                .graph(Workload.ofBatch(4).withSequenceLength(128).withHead(TaskHead.RAW));
    }

    private Graph read(String name, byte[] bytes, Workload workload) throws IOException {
        return Models.find(Files.write(folder.resolve(name), bytes).toString()).graph(workload);
    }

    private static void assertAlike(Graph expected, Graph actual, String instance, long batch) {
        assertEquals(expected.parameters(), actual.parameters());
        assertEquals(1, (double) actual.work().flops() / expected.work().flops(), FLOPS);
        assertEquals(1, latency(actual, instance, batch) / latency(expected, instance, batch), LATENCY);
    }

    private static double latency(Graph graph, String name, long batch) {
        Instance instance = Catalog.builtIn().instance(name);
        return Quoter.builtIn()
                .predict(
                        new Network(graph, batch, CustomSupport.NONE),
                        Deployment.singleStream(instance, SdkVersion.NEWEST),
                        Precision.compilerDefault(DataType.FP32, instance.chip().core()))
                .latencySeconds();
    }
}

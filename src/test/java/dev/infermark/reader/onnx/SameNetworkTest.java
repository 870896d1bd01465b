package dev.infermark.reader.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Predictor;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibrations;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same network through two doors: its config, and a file as exporters write it. */
class SameNetworkTest {
    /** An exporter lays out a few small nodes otherwise than a config does. */
    private static final double LATENCY = 0.03;

    private static final double FLOPS = 0.01;

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsAnOnnxFileAsItDoesAsAConfig(String instance) {
        Graph file = OnnxNetworks.bertBase().read(Map.of("batch", 4L, "sequence", 128L));
        Graph config = Models.find("bert-base-uncased")
                .graph(Workload.ofBatch(4).withSequenceLength(128).withHead(TaskHead.RAW));
        assertAlike(config, file, instance, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "inf2.xlarge"})
    void takesAsLongAsAnOnnxFileAsTheBuiltInResNetDoes(String instance) {
        Graph builtIn = Models.find("resnet50").graph(Workload.ofBatch(1));
        assertAlike(builtIn, OnnxNetworks.resNet50().read(), instance, 1);
    }

    private static void assertAlike(Graph expected, Graph actual, String instance, long batch) {
        assertEquals(1, (double) actual.work().flops() / expected.work().flops(), FLOPS);
        assertEquals(1, latency(actual, instance, batch) / latency(expected, instance, batch), LATENCY);
    }

    private static double latency(Graph graph, String name, long batch) {
        Instance instance = Catalog.builtIn().instance(name);
        return new Predictor(Calibrations.builtIn())
                .predict(
                        graph,
                        new Deployment(instance, 1, 1, batch, SdkVersion.NEWEST),
                        Precision.compilerDefault(DataType.FP32, instance.chip().core()))
                .latencySeconds();
    }
}

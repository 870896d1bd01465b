package dev.infermark.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RooflineTest {
    @ParameterizedTest
    @CsvSource({
        "resnet50, inf1.xlarge", "resnet50, inf2.xlarge", "bert-large-uncased, inf1.xlarge",
        "bert-large-uncased, inf2.xlarge", "vgg16, inf1.xlarge", "vgg16, inf2.xlarge"
    })
    void noCallIsFasterThanItsRoofline(String model, String instanceName) {
        Instance instance = Catalog.builtIn().instance(instanceName);
        Network network = Network.of(Models.find(model), Workload.ofBatch(1), CustomSupport.NONE);
        Prediction prediction = Quoter.builtIn()
                .predict(
                        network,
                        new Deployment(
                                instance, new Parallelism.Replicated(instance.coreCount()), 1, SdkVersion.NEWEST),
                        Precision.compilerDefault(DataType.FP32, instance.chip().core()));
        Roofline roofline = Roofline.of(network, prediction);
        assertTrue(roofline.leastSeconds() <= roofline.seconds(), roofline::toString);
        assertTrue(roofline.mbu() <= 1 && roofline.mfu() <= 1, roofline::toString);
    }
}

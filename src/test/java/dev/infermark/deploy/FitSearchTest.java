package dev.infermark.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitSearchTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @ParameterizedTest
    @CsvSource({"resnet50, inf1.xlarge, 64", "bert-base-uncased, inf1.2xlarge, 512", "resnet18, inf2.xlarge, 8192"})
    void namesTheLargestBatchThatFits(String model, String instance, long batch) {
        List<String> changes = changes(model, instance, batch);
        String named = changes.stream().filter(each -> each.startsWith("--batch ")).findFirst().orElseThrow();
        long size = Long.parseLong(named.substring("--batch ".length()));
        assertTrue(use(network(model, size), all(instance)).fits(), changes.toString());
        assertFalse(use(network(model, size + 1), all(instance)).fits(), changes.toString());
    }

    @ParameterizedTest
    @CsvSource({"bert-large-uncased, inf1.2xlarge, 512", "resnet50, inf1.xlarge, 64", "gpt2-xl, inf1.xlarge, 1"})
    void namesOnlyWhatFits(String model, String instance, long batch) {
        List<String> changes = changes(model, instance, batch);
        assertFalse(changes.isEmpty());
        for (String change : changes) {
            String[] words = change.split(" ", -1);
            Deployment then = switch (words[0]) {
                case "--cores" -> deployment(instance, new Parallelism.Replicated(Integer.parseInt(words[1])));
                case "--tensor-parallel" -> divided(instance, Integer.parseInt(words[1]));
                case "--instance" -> words.length == 2 ? all(words[1]) : divided(words[1], Integer.parseInt(words[3]));
                default -> all(instance);
            };
            long size = words[0].equals("--batch") ? Long.parseLong(words[1]) : batch;
            assertTrue(use(network(model, size), then).fits(), change);
        }
    }

    private static List<String> changes(String model, String instance, long batch) {
        assertFalse(use(network(model, batch), all(instance)).fits());
        List<String> changes = new FitSearch(network(model, batch), all(instance), new OnAllCores(model))
                .changes(CATALOG);
        assertEquals(changes.stream().distinct().toList(), changes);
        return changes;
    }

    private record OnAllCores(String model) implements FitSearch.Options {
        @Override
        public Deployment on(Instance instance) {
            return all(instance.name());
        }

        @Override
        public Deployment on(Instance instance, int degree) {
            return divided(instance.name(), degree);
        }

        @Override
        public Precision precision(NeuronCore core) {
            return Precision.compilerDefault(DataType.FP32, core);
        }

        @Override
        public Precision precisionOfAllCast(NeuronCore core) {
            return Precision.of(DataType.FP32, AutoCast.ALL, DataType.BF16);
        }

        @Override
        public Network withBatch(long size) {
            return network(model, size);
        }
    }

    private static MemoryUse use(Network network, Deployment deployment) {
        return MemoryUse.of(
                network,
                deployment,
                Precision.compilerDefault(DataType.FP32, deployment.instance().chip().core()));
    }

    private static Network network(String model, long batch) {
        return Network.of(Models.find(model), Workload.ofBatch(batch), CustomSupport.NONE);
    }

    private static Deployment all(String instance) {
        return deployment(instance, new Parallelism.Replicated(CATALOG.instance(instance).coreCount()));
    }

    private static Deployment divided(String instance, int cores) {
        return deployment(
                instance, new Parallelism.TensorParallel(cores, CATALOG.instance(instance).coreCount() / cores));
    }

    private static Deployment deployment(String name, Parallelism parallelism) {
        Instance instance = CATALOG.instance(name);
        return new Deployment(instance, parallelism, 1, SdkVersion.NEWEST);
    }
}

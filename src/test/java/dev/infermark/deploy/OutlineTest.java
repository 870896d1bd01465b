package dev.infermark.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.FusedGraph;
import dev.infermark.lower.Precision;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.builtin.Catalogue;
import dev.infermark.reader.huggingface.HuggingFaceModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that is lowered from one of its equal layers is the one that is lowered from all of them. */
class OutlineTest {
    private static final List<Long> BATCHES = List.of(1L, 3L, 64L);
    private static final List<Long> LENGTHS = List.of(7L, 60L, 129L, 200L, 384L);
    private static final List<NeuronCore> CORES = List.of(core("inf1.xlarge"), core("inf2.xlarge"));

    private static NeuronCore core(String instance) {
        return Catalog.builtIn().instance(instance).chip().core();
    }

    @Test
    void allBuiltInModelsHaveOneProgramWhicheverWayTheyAreLowered() {
        int asked = 0;
        for (var model : Catalogue.shared().models()) {
            requireSame(model.source(), asked++);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-base-uncased", "albert-base-v2", "distilbert-base-uncased", "gpt2", "vit-base"})
    void manyShapesHaveOneProgramWhicheverWayTheyAreLowered(String name) {
        for (int asked = 0; asked < BATCHES.size() * LENGTHS.size(); asked++) {
            requireSame(Models.find(name), asked);
        }
    }

    private static void requireSame(ModelSource source, int asked) {
        Workload workload = Workload.ofBatch(BATCHES.get(asked % BATCHES.size())).withType(source.type());
        Workload texts = workload.withSequenceLength(LENGTHS.get(asked % LENGTHS.size()));
        requireSame(source, takes(source, texts) ? texts : workload, CORES.get(asked % CORES.size()));
    }

    private static boolean takes(ModelSource source, Workload workload) {
        try {
            source.outline(workload);
            return true;
        } catch (UserError e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-base-uncased", "electra-base-discriminator", "roberta-base"})
    void allHeadsHaveOneProgramWhicheverWayTheyAreLowered(String name) {
        ModelSource source = Models.find(name);
        for (TaskHead head : List.of(TaskHead.MASKED_LM, TaskHead.QUESTION_ANSWERING)) {
            requireSame(source, Workload.ofBatch(2).withHead(head), CORES.getLast());
        }
    }

    @Test
    void layersThatShareTheirWeightsInGroupsAreNotEqual() {
        ModelSource model = HuggingFaceModel.parse("grouped", """
                {"model_type": "albert", "embedding_size": 64, "hidden_size": 128, "num_hidden_layers": 9,
                 "num_hidden_groups": 3, "num_attention_heads": 2, "intermediate_size": 256, "vocab_size": 100,
                 "max_position_embeddings": 128}""");
        assertTrue(model.outline(Workload.ofBatch(1)).runs().isEmpty());
        requireSame(model, Workload.ofBatch(1), CORES.getFirst());
    }

    /** The attention and the feed-forward part of GPT-J read the same, and no stage ends with its layers. */
    @Test
    void stagesAcrossLayersAreLoweredFromTheWholeNetwork() {
        ModelSource model = Models.find("gpt-j-6b");
        Workload workload = Workload.ofBatch(1).withType(model.type());
        AtomicInteger asked = new AtomicInteger();
        FusedGraph.of(
                model.outline(workload),
                () -> {
                    asked.incrementAndGet();
                    return model.graph(workload);
                },
                CustomSupport.NONE);
        assertEquals(1, asked.get());
    }

    @Test
    void sizesThatOverflowOnlyInAllLayersTogetherAreRefused() {
        ModelSource model = HuggingFaceModel.parse("deep", """
                {"model_type": "bert", "hidden_size": 1048576, "num_hidden_layers": 400, "num_attention_heads": 2,
                 "intermediate_size": 1048576, "vocab_size": 100, "max_position_embeddings": 8192}""");
        Workload workload = Workload.ofBatch(1).withSequenceLength(1 << 13);
        assertThrows(UserError.class, () -> model.graph(workload));
        assertThrows(UserError.class, () -> model.outline(workload));
    }

    private static void requireSame(ModelSource source, Workload workload, NeuronCore core) {
        Graph graph = source.graph(workload);
        Network whole = new Network(graph, source.batch(graph, workload), CustomSupport.NONE);
        Network fast = Network.of(source, workload, CustomSupport.NONE);
        assertEquals(whole.facts(), fast.facts());
        assertEquals(graph.parameters(), source.outline(workload).parameters(), source.name());
        assertEquals(graph.work(), source.outline(workload).work(), source.name());
        assertEquals(graph, fast.graph());
        Instance instance = Catalog.builtIn().instance("inf2.48xlarge");
        assertEquals(whole.degrees(instance), fast.degrees(instance), source.name());
        assertEquals(whole.lowered(core, precision(core)), fast.lowered(core, precision(core)), source.name());
    }

    private static Precision precision(NeuronCore core) {
        return Precision.compilerDefault(DataType.FP32, core);
    }
}

package dev.infermark.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {

    @Test
    void equalLayersShareWhatTheyAreLoweredToAndKeepTheirNames() {
        Program program = new Lowerer(
                        Catalog.builtIn().core("neuroncore-v2"), new Precision(DataType.BF16, DataType.FP32))
                .lower(Models.find("bert-large-uncased").graph(Workload.ofBatch(1)));
        Set<List<InstructionGroup>> different = Collections.newSetFromMap(new IdentityHashMap<>());
        program.stages().forEach(stage -> different.add(stage.groups()));
        assertTrue(different.size() <= 4, () -> different.size() + " different stages of 26");
        assertEquals(26, program.stages().stream().map(Stage::name).distinct().count());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    bert-base-uncased,      14, embeddings + 12 layers + pooler
                    bert-large-uncased,     26, embeddings + 24 layers + pooler
                    distilbert-base-uncased, 7, embeddings + 6 layers
                    vgg11,                  11, 8 convolutions with their poolings + 3 full connections
                    resnet50,               18, stem with its pooling + 16 blocks + head
                    unet,                   27, 18 convolutions + 4 poolings + 4 up-samplings + head
                    """)
    void cutsANetworkWhereItNarrowsToOneTensor(String model, int stages, String because) {
        Program program = new Lowerer(
                        Catalog.builtIn().core("neuroncore-v2"), new Precision(DataType.BF16, DataType.FP32))
                .lower(Models.find(model).graph(Workload.ofBatch(1)));
        assertEquals(stages, program.stages().size(), because);
    }
}

package dev.infermark.deploy.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorMixTest {
    private static final Workload TOKENS = Workload.ofBatch(1).withSequenceLength(16);

    @Test
    void tellsDecodersFromEncodersByTheStoredMask() {
        assertEquals(
                Set.of(OperatorMix.SHORT_ATTENTION, OperatorMix.CAUSAL_ATTENTION),
                OperatorMix.of(Models.find("gpt2").graph(TOKENS)));
        assertEquals(
                Set.of(OperatorMix.SHORT_ATTENTION),
                OperatorMix.of(Models.find("distilbert-base-uncased").graph(TOKENS)));
    }

    @Test
    void takesPatchesOfImagesForProducts() {
        assertEquals(
                Set.of(OperatorMix.LONG_ATTENTION),
                OperatorMix.of(Models.find("google/vit-base-patch16-224").graph(Workload.ofBatch(1))));
        assertEquals(
                Set.of(OperatorMix.CONVOLUTIONS), OperatorMix.of(Models.find("resnet18").graph(Workload.ofBatch(1))));
    }
}

package dev.infermark.deploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Calibrations;
import dev.infermark.simulate.Conditions;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final NeuronCore CORE =
            Catalog.builtIn().instance("inf1.6xlarge").chip().core();
    private static final Calibration CALIBRATION = Calibrations.builtIn().of(CORE.generation());
    private static final Conditions CONDITIONS = new Conditions(4, new SdkVersion(2, 16));
    private static final Program BERT = new Lowerer(CORE, Precision.compilerDefault(DataType.FP32, CORE))
            .lower(Models.find("bert-base-uncased")
                    .graph(Workload.ofBatch(1)
                            .withSequenceLength(128)
                            .withHead(TaskHead.SEQUENCE_CLASSIFICATION)));

    private static final PipelineParts PARTS = PipelineParts.of(BERT, CORE, CALIBRATION, CONDITIONS);

    @Test
    void keepsEveryWeightOnExactlyOneCore() {
        long whole = PipelineParts.cut(BERT).stream()
                .flatMap(List::stream)
                .mapToLong(PipelineParts::weightBytes)
                .sum();
        for (int cores : new int[] {1, 4, 16}) {
            long divided = over(cores).coreWeights().stream().mapToLong(Long::longValue).sum();
            assertEquals(whole, divided, cores + " cores");
        }
    }

    @Test
    void needsAboutAsManyCoresAsTheDocumentedRuleToKeepWeightsOnTheChip() {
        assertEquals(16, Pipeline.documentedCores(85_000_000));
        assertTrue(over(16).residentCores() == 16, "of 16: " + over(16).residentCores());
        assertEquals(0, over(4).residentCores());
    }

    @Test
    void letsCallsFollowFasterOnMoreCoresButAddsHops() {
        assertTrue(over(16).longestSeconds() < over(4).longestSeconds());
        assertTrue(over(20).fillSeconds() > over(20).longestSeconds() * 10);
    }

    @Test
    void isBoundByClientsUntilTheLongestCoreIs() {
        Pipeline pipeline = over(16);
        double few = pipeline.secondsPerCall(2, 0);
        assertEquals(pipeline.fillSeconds() / 2, few);
        assertEquals(pipeline.longestSeconds(), pipeline.secondsPerCall(1000, 0));
    }

    @Test
    void balancesNoWorseThanTheLongestPartDemands() {
        Pipeline pipeline = over(20);
        double whole = pipeline.fillSeconds();
        assertTrue(pipeline.longestSeconds() * 20 < 1.5 * whole, "longest " + pipeline.longestSeconds());
    }

    @Test
    void refusesMoreCoresThanParts() {
        UserError error = assertThrows(UserError.class, () -> over(500));
        assertTrue(String.valueOf(error.getMessage()).contains("use at most"), error.getMessage());
    }

    private static Pipeline over(int cores) {
        return PARTS.over(cores);
    }
}

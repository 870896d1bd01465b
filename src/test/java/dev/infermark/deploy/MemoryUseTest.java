package dev.infermark.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.Stage;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryUseTest {
    private static final double MIB = 0x1p20;
    private static final long PROMPT = 4096;

    /** As people found: of four copies of ResNet-50 for 64 images, an Inferentia1 loads one. */
    @Test
    void oneCopyOfResNetForManyImagesFillsAnInferentia1() {
        assertTrue(use("resnet50", 64, "inf1.xlarge", 1).fits());
        assertFalse(use("resnet50", 64, "inf1.xlarge", 2).fits());
        assertFalse(use("resnet50", 64, "inf1.xlarge", 4).fits());
    }

    @ParameterizedTest
    @CsvSource({"resnet50, inf1.xlarge", "resnet50, inf2.xlarge", "bert-base-uncased, inf1.xlarge"})
    void noClassShrinksWhenTheBatchGrows(String model, String instance) {
        CoreMemory before = use(model, 1, instance, 1).core();
        for (long batch : new long[] {2, 8, 32}) {
            CoreMemory after = use(model, batch, instance, 1).core();
            assertTrue(after.code() >= before.code());
            assertEquals(before.constants(), after.constants());
            assertTrue(after.tensors() > before.tensors());
            assertTrue(after.scratchpad() >= before.scratchpad());
            assertTrue(after.rings() >= before.rings());
            before = after;
        }
    }

    /**
     * The runtime's dump of Llama-3.1-8B over eight cores for 32 sequences of 4,096 tokens: weights are fetched by the
     * prompt's program and by the step's, the cache once, and scores are written and read.
     */
    @ParameterizedTest
    @CsvSource({"1948, 220", "3767, 392"})
    void descriptorsArePublishedForEachKibibyteThatIsMoved(double weights, double rings) {
        long moved = Math.round((2 * weights + 2048) * MIB);
        Stage stage = new Stage("all", List.of(new Transfer("weights", Purpose.WEIGHTS, moved, 1024)));
        Program program =
                new Program("llama", List.of(stage), 0, 0, List.of(), OptionalLong.empty(), ActivationMemory.NONE);
        long scores = Math.round(1024 * MIB);
        assertEquals(rings, MemoryFigures.builtIn().rings(program, scores, List.of()) / MIB, 0.15 * rings);
    }

    /** The same dump's 228 MB of code of a rank, an eighth of prompt and step. */
    @Test
    void codeIsThatOfThePublishedDump() {
        Instance instance = Catalog.builtIn().instance("inf2.xlarge");
        Lowerer lowerer = new Lowerer(
                instance.chip().core(),
                Precision.compilerDefault(DataType.BF16, instance.chip().core()));
        double code = 0;
        for (long tokens : new long[] {PROMPT, 32}) {
            Program program = lowerer.lower(Models.find("llama-3-8b")
                    .graph(Workload.ofBatch(1).withSequenceLength(tokens)));
            code += MemoryFigures.builtIn().code(program, instance.chip().core());
        }
        assertEquals(228, code / 8 / MIB, 0.05 * 228);
    }

    private static MemoryUse use(String model, long batch, String instance, int copies) {
        return MemoryUse.of(network(model, batch), deployment(instance, copies), precision(instance));
    }

    private static Network network(String model, long batch) {
        return Network.of(Models.find(model), Workload.ofBatch(batch), CustomSupport.NONE);
    }

    private static Deployment deployment(String instance, int copies) {
        return new Deployment(
                Catalog.builtIn().instance(instance), new Parallelism.Replicated(copies), 1, SdkVersion.NEWEST);
    }

    private static Precision precision(String instance) {
        return Precision.compilerDefault(DataType.FP32, Catalog.builtIn().instance(instance).chip().core());
    }
}

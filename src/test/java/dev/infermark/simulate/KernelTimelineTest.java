package dev.infermark.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.Messages;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instruction;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costs of kernels against numbers worked out by hand from the documented costs of NeuronCore-v2. */
class KernelTimelineTest {
    private final KernelTimeline timeline = new KernelTimeline(Catalog.builtIn().core("neuroncore-v2"));

    private double micros(KernelStep... steps) {
        return 1e6 * timeline.profiled("kernel", List.of(steps)).seconds();
    }

    private static KernelStep passes(long count, Lane engine, Instruction instruction, long columns) {
        return new KernelStep.Passes(count, engine, instruction, DataType.FP32, columns);
    }

    @Test
    void anInstructionPaysItsCyclesTheStaticOverheadAndTheAccess() {
        double cycles = 2 * 8192 + 100 + 60;

        assertEquals(cycles / 1120, micros(passes(1, Lane.VECTOR, Instruction.TENSOR_TENSOR, 8192)), 1e-9);
    }

    @Test
    void aTinyInstructionTakesTheMinimumInterval() {
        assertEquals((64 + 100 + 60) / 1400.0, micros(passes(1, Lane.SCALAR, Instruction.ACTIVATION, 1)), 1e-9);
    }

    @Test
    void theInstructionsAfterTheFirstHideTheirAccess() {
        double cycles = 60 + 3 * (512 + 100);

        assertEquals(
                cycles / 1120, micros(passes(3, Lane.VECTOR, Instruction.TENSOR_TENSOR_ONE_IN_PSUM, 512)), 1e-9);
    }

    @Test
    void aShortLoadTakesTheTriggerAndALongOneItsBytes() {
        assertEquals(10 * 1.3, micros(new KernelStep.Loads(10, List.of(131_072L))), 1e-9);
        assertEquals(544_000 / 272e3, micros(new KernelStep.Loads(1, List.of(544_000L))), 1e-9);
    }

    @Test
    void furtherLoadsOfAnIterationQueueBehindTheFirst() {
        assertEquals(2 * (1.3 + 0.1 + 0.2), micros(new KernelStep.Loads(2, List.of(1L, 27_200L, 54_400L))), 1e-9);
    }

    @Test
    void aStreamPaysTheHeaderOfEachRow() {
        assertEquals((32_768 + 142) / 17e3, micros(new KernelStep.Stream(16, 32_768)), 1e-9);
    }

    @Test
    void aChainOfMatmulsHandsOverOnce() {
        assertEquals(
                3 * (8 * 512 / 2800.0 + 0.2),
                micros(new KernelStep.MatmulChains(3, DataType.BF16, 8, 512)),
                1e-9);
        assertEquals(
                4 * 512 / 2800.0 + 0.2, micros(new KernelStep.MatmulChains(1, DataType.FP32, 1, 512)), 1e-9);
    }

    @Test
    void theBusiestResourceSetsTheTimeAndStepsOfOneResourceAddUp() {
        KernelStep load = new KernelStep.Loads(1, List.of(1L));
        StageTime time = timeline.profiled(
                "kernel", List.of(load, load, new KernelStep.MatmulChains(1, DataType.BF16, 8, 512)));

        assertEquals(Resource.DMA, time.boundBy());
        assertEquals(2.6e-6, time.seconds(), 1e-15);
        assertEquals(8 * 512 / 2.8e9 + 2e-7, time.busy(Resource.TENSOR), 1e-15);
    }

    @Test
    void aWholeKernelStartsAndEnds() {
        List<KernelStep> load = List.of(new KernelStep.Loads(1, List.of(1L)));

        double steps = timeline.profiled("kernel", load).seconds();

        assertEquals(35e-6, timeline.launched("kernel", load).seconds() - steps, 1e-15);
    }

    @Test
    void refusesAnInstructionThatTheEngineLacks() {
        UserError error = assertThrows(
                UserError.class, () -> micros(passes(1, Lane.SCALAR, Instruction.TENSOR_TENSOR, 8)));

        Messages.assertMentions(error, "Scalar engine of NeuronCore-v2", "tensor_tensor");
    }

    @Test
    void refusesAKernelWithoutStepsAndStepsWithoutWork() {
        assertThrows(IllegalArgumentException.class, () -> micros());
        assertThrows(IllegalArgumentException.class, () -> new KernelStep.Loads(1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new KernelStep.Loads(1, List.of(0L)));
        assertThrows(IllegalArgumentException.class, () -> new KernelStep.Stream(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new KernelStep.MatmulChains(1, DataType.BF16, 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> passes(0, Lane.VECTOR, Instruction.TENSOR_TENSOR, 1));
    }
}

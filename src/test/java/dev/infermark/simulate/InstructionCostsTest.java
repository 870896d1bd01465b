package dev.infermark.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.Refusal;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instruction;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.lower.InstructionGroup.Gpsimd;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Spread;
import dev.infermark.numerics.DataType;
import org.junit.jupiter.api.Test;

class InstructionCostsTest {
    /** Sums of products of a few exact figures: the last digits of a double. */
    private static final double ROUNDING = 1e-12;

    private final InstructionCosts v1 = new InstructionCosts(Catalog.builtIn().core("neuroncore-v1"));
    private final InstructionCosts v2 = new InstructionCosts(Catalog.builtIn().core("neuroncore-v2"));

    @Test
    void reachesTheDocumentedPeakWithFullTiles() {
        // 4096 x 8192 by 8192 x 8192: 64 x 64 stationary tiles, 4096 moving columns, at 2.8 GHz.
        Matmuls full = new Matmuls("", DataType.BF16, 64 * 64, 4096);
        double flops = 2.0 * 4096 * 8192 * 8192;
        assertEquals(128 * 128 * 2 * 2.8e9, flops / v2.seconds(full), 1);
        assertEquals(4 * v2.seconds(full), v2.seconds(new Matmuls("", DataType.FP32, 64 * 64, 4096)), ROUNDING);
    }

    @Test
    void chargesTwoCyclesPerElementForTwoFp32Tensors() {
        Passes add = passes(Lane.VECTOR, Instruction.TENSOR_TENSOR, new Spread(1, 8192), 1);
        assertEquals((2 * 8192 + 60) / 1.12e9, v2.seconds(add), ROUNDING);
    }

    @Test
    void chargesTheMinimumIntervalForShortRows() {
        Passes tiny = passes(Lane.SCALAR, Instruction.ACTIVATION, new Spread(3, 1), 2);
        assertEquals(2 * 3 * (64 + 60) / 1.4e9, v2.seconds(tiny), ROUNDING);
    }

    @Test
    void waitsForMemoryOncePerBankOfPsumAndOncePerTileOfSbuf() {
        Spread wide = new Spread(5, 1025);
        Passes evacuation = new Passes(
                "", Task.EVACUATION, Lane.VECTOR, Instruction.TENSOR_COPY, DataType.FP32, wide, 1);
        assertEquals(5 * (1025 + 3 * 60) / 1.12e9, v2.seconds(evacuation), ROUNDING);
        Passes copy = passes(Lane.VECTOR, Instruction.TENSOR_COPY, wide, 1);
        assertEquals(5 * (1025 + 60) / 1.12e9, v2.seconds(copy), ROUNDING);
    }

    @Test
    void chargesShortRowsOfATransferLikeRowsOf2450Bytes() {
        double rate = 16 * 17e9;
        assertEquals(1000 * 2450 / rate, v2.seconds(new Transfer("", Purpose.GATHER, 64_000, 64)), ROUNDING);
        assertEquals(10 * (8192 + 142) / rate, v2.seconds(new Transfer("", Purpose.WEIGHTS, 81_920, 8192)), ROUNDING);
    }

    @Test
    void spreadsACustomOperatorOverEightProcessors() {
        Gpsimd mask = new Gpsimd("", OperatorCost.elementwise(TensorSpec.of(DataType.FP32, 16, 128, 128)));
        assertEquals((150 + 16 * 128 * 128 / (8.0 * 16)) / 1.4e9, v2.seconds(mask), ROUNDING);
    }

    @Test
    void refusesACustomOperatorOnAGenerationWithoutGpsimd() {
        Gpsimd mask = new Gpsimd("mask", OperatorCost.elementwise(TensorSpec.of(DataType.FP32, 16)));
        assertThrows(Refusal.class, () -> v1.seconds(mask));
    }

    private static Passes passes(Lane lane, Instruction instruction, Spread spread, long passes) {
        return new Passes("", Task.ELEMENTWISE, lane, instruction, DataType.FP32, spread, passes);
    }
}

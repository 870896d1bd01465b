package dev.infermark.hardware;

import java.util.List;
import java.util.Optional;

/**
 * One NeuronCore: its engines, memories and what their instructions cost.
 *
 * @param name such as {@code neuroncore-v2}
 * @param tensor matrix multiplication
 * @param vector operations on two tensors, reductions
 * @param scalar functions of each element
 * @param gpsimd custom operators, absent on NeuronCore-v1
 * @param timing fixed costs of instructions
 * @param sbuf main on-chip memory
 * @param psum where matmul results accumulate
 * @param dma transfers between device memory and SBUF
 * @param exclusions engines that cannot reach the same memory at the same time
 */
public record NeuronCore(
        String name,
        TensorEngine tensor,
        LaneEngine vector,
        LaneEngine scalar,
        Optional<GpsimdEngine> gpsimd,
        InstructionTiming timing,
        OnChipMemory sbuf,
        OnChipMemory psum,
        DmaEngines dma,
        List<AccessExclusion> exclusions) {

    /** Copies the list. */
    public NeuronCore {
        exclusions = List.copyOf(exclusions);
    }

    /** Whether two engines take turns at a memory. */
    public boolean excludes(
            AccessExclusion.Memory memory, AccessExclusion.Engine one, AccessExclusion.Engine other) {
        return one != other
                && exclusions.stream()
                        .anyMatch(rule -> rule.memory() == memory
                                && rule.engines().contains(one)
                                && rule.engines().contains(other));
    }
}

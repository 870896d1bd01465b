package dev.infermark.hardware;

import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One NeuronCore: its engines, memories and what their instructions cost.
 *
 * @param name such as {@code neuroncore-v2}
 * @param generation whose compiler, runtime and calibrated parameters hold for it
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
        Generation generation,
        TensorEngineSpec tensor,
        LaneEngine vector,
        LaneEngine scalar,
        Optional<GpsimdEngineSpec> gpsimd,
        InstructionTiming timing,
        OnChipMemory sbuf,
        OnChipMemory psum,
        DmaEngines dma,
        List<AccessExclusion> exclusions) {

    /** Copies the list. */
    public NeuronCore {
        exclusions = List.copyOf(exclusions);
    }

    /** Whether the core has other figures than the built-in core of its generation, and so nothing measured on it. */
    public boolean differsFromOriginal() {
        NeuronCore original = Catalog.builtIn().core(generation.label());
        return !equals(original) && !withName(original.name).equals(original);
    }

    private NeuronCore withName(String other) {
        return new NeuronCore(
                other, generation, tensor, vector, scalar, gpsimd, timing, sbuf, psum, dma, exclusions);
    }

    /** How many columns of FP32 one bank of PSUM holds: the most that one instruction writes or reads there. */
    public long bankColumns() {
        return psum.bankBytes() / DataType.FP32.bytes();
    }

    /** This core if no instruction waited for its access to on-chip memory. */
    public NeuronCore withoutAccessLatency() {
        return new NeuronCore(
                name,
                generation,
                tensor,
                vector,
                scalar,
                gpsimd,
                timing,
                sbuf.withoutAccessLatency(),
                psum.withoutAccessLatency(),
                dma,
                exclusions);
    }

    /** Equal figures; the same object, which a catalog shares, is told at once. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof NeuronCore core && name.equals(core.name) && figures().equals(core.figures()));
    }

    /** By the name, which is unique in a catalog. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private List<Object> figures() {
        return List.of(generation, tensor, vector, scalar, gpsimd, timing, sbuf, psum, dma, exclusions);
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

package dev.infermark.deploy;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import java.util.List;
import java.util.Locale;

/**
 * What a copy of a network takes of the device memory, and what there is for it.
 *
 * @param core what the copy holds, by the classes of the Neuron runtime
 * @param capacity what it may hold, in bytes
 */
public record MemoryUse(CoreMemory core, long capacity) {
    private static final MemoryFigures FIGURES = MemoryFigures.builtIn();

    private static MemoryUse of(CoreMemory classes, Chip chip, int copies) {
        return new MemoryUse(classes.withRuntime(chip.memory().microcodeBytes()), capacity(chip, copies));
    }

    /**
     * The classes of a program's memory but the runtime's.
     *
     * <p>Activations follow each other in the one scratchpad that the runtime of NeuronCore-v2 has. With NeuronCore-v1
     * each has a place of its own, and descriptors for each of its rows.
     */
    static CoreMemory classes(Program program, NeuronCore core) {
        ActivationMemory activations = program.activations();
        long alive = Math.max(0, activations.peakBytes() - core.sbuf().capacityBytes());
        boolean isShared = core.generation() == Generation.NEURONCORE_V2;
        return new CoreMemory(
                FIGURES.code(program, core),
                program.storedBytes(),
                program.inputBytes() + program.allOutputBytes(),
                isShared ? alive : Math.max(alive, activations.outsideBytes()),
                0,
                isShared
                        ? FIGURES.rings(program, alive, List.of())
                        : FIGURES.rings(program, 0, activations.outside()),
                0);
    }

    /** The cores of Inferentia1 have one DRAM together, of which those that are idle need nothing. */
    static long capacity(Chip chip, int copies) {
        return chip.core().generation() == Generation.NEURONCORE_V1
                ? chip.memory().capacityBytes() / Math.max(1, copies)
                : chip.memory().coreBytes();
    }

    /** All classes together, in bytes. */
    public long total() {
        return core.total();
    }

    /** What a network takes of each core that holds a copy of it, or its part of one. */
    public static MemoryUse of(Network network, Deployment deployment, Precision precision) {
        Chip chip = deployment.instance().chip();
        return of(network.share(deployment).memory(chip.core(), precision), chip, deployment.busyCoresPerChip());
    }

    /**
     * What the fullest core of a pipeline holds: its layers' weights, on the first core with all that no layer has;
     * of code, descriptors and activations with places of their own an even part.
     *
     * @param weights bytes of each core
     */
    static MemoryUse ofPipeline(Network network, Deployment deployment, Precision precision, List<Long> weights) {
        Chip chip = deployment.instance().chip();
        CoreMemory whole = network.memory(chip.core(), precision);
        long cores = weights.size();
        long others = Math.max(0, whole.constants() - weights.stream().mapToLong(Long::longValue).sum());
        long fullest = weights.stream().mapToLong(Long::longValue).max().orElse(0);
        boolean isShared = chip.core().generation() == Generation.NEURONCORE_V2;
        return of(
                new CoreMemory(
                        Math.ceilDiv(whole.code(), cores),
                        Math.max(fullest, weights.getFirst() + others),
                        whole.tensors(),
                        isShared ? whole.scratchpad() : Math.ceilDiv(whole.scratchpad(), cores),
                        0,
                        Math.ceilDiv(whole.rings(), cores),
                        0),
                chip,
                deployment.busyCoresPerChip());
    }

    /** What a core of a deployment needs and what it has, in words. */
    public String lack(Deployment deployment) {
        return String.format(
                Locale.ROOT,
                "%s needs %.1f GiB of device memory and has %.1f GiB",
                deployment.isPipeline()
                        ? "the fullest of " + Counted.of(deployment.coresPerCopy(), "core") + " of a pipeline"
                        : "each core",
                total() / 0x1p30,
                capacity / 0x1p30);
    }

    /** Refuses a network that does not fit, naming what it needs. */
    void requireFit(Network network, Deployment deployment) {
        if (!fits()) {
            throw new UserError(network.facts().name() + " does not fit on " + deployment.instance().name() + ": "
                    + lack(deployment) + "; infermark fit with the same options finds changes that do");
        }
    }

    /** Whether the copy has room. */
    public boolean fits() {
        return total() <= capacity;
    }
}

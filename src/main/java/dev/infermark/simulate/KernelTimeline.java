package dev.infermark.simulate;

import dev.infermark.hardware.LaneEngine;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Purpose;
import java.util.List;

/**
 * The time of a hand-written kernel on one NeuronCore, from documented and inferred costs; none of the
 * calibrated parameters takes part.
 *
 * <p>Each resource works through its own steps in order, and all resources work at the same time, so that the kernel
 * takes as long as the busiest of them.
 */
public final class KernelTimeline {
    private final NeuronCore core;
    private final InstructionCosts costs;

    /** A timeline of kernels on this core. */
    public KernelTimeline(NeuronCore core) {
        this.core = core;
        this.costs = new InstructionCosts(core);
    }

    /** The steps as a profile shows them, without what surrounds them. */
    public StageTime profiled(String name, List<KernelStep> steps) {
        return time(name, steps, 0);
    }

    /** The steps as a kernel that is started and torn down. */
    public StageTime launched(String name, List<KernelStep> steps) {
        return time(name, steps, core.timing().launchSeconds());
    }

    private StageTime time(String name, List<KernelStep> steps, double launch) {
        ResourceSeconds busy = steps.stream()
                .map(step -> ResourceSeconds.of(resource(step), seconds(name, step)))
                .reduce(ResourceSeconds::plus)
                .orElseThrow(() -> new IllegalArgumentException("kernel '" + name + "' has no steps"));
        Resource busiest = busy.largest();
        return new StageTime(name, 0, busy, ResourceSeconds.of(busiest, launch + busy.of(busiest)));
    }

    private static Resource resource(KernelStep step) {
        return switch (step) {
            case KernelStep.Passes passes -> passes.engine() == Lane.VECTOR ? Resource.VECTOR : Resource.SCALAR;
            case KernelStep.Loads _, KernelStep.Stream _ -> Resource.DMA;
            case KernelStep.MatmulChains _ -> Resource.TENSOR;
        };
    }

    private double seconds(String name, KernelStep step) {
        return switch (step) {
            case KernelStep.Passes passes -> passes(passes);
            case KernelStep.Loads loads -> loads.count() * loads(loads.bytes());
            case KernelStep.Stream(long rows, long rowBytes) -> costs.seconds(
                    new InstructionGroup.Transfer(name, Purpose.WEIGHTS, rows * rowBytes, rowBytes));
            case KernelStep.MatmulChains chains -> costs.seconds(new Matmuls(
                            name, chains.type(), chains.count() * chains.matmuls(), chains.columns()))
                    + chains.count() * core.timing().handoverSeconds();
        };
    }

    /** Each instruction pays the static overhead; the first also waits for its operands, which hides for the others. */
    private double passes(KernelStep.Passes passes) {
        LaneEngine engine = passes.engine() == Lane.VECTOR ? core.vector() : core.scalar();
        double each = costs.cycles(engine, passes.instruction(), passes.type(), passes.columns())
                + core.timing().staticOverheadCycles();
        return (core.sbuf().accessLatencyCycles() + passes.count() * each) / engine.clockHz();
    }

    /**
     * The first transfer takes no less than the trigger, in which the fetching of descriptors and of short rows hides;
     * the others queue behind it and add their bytes.
     */
    private double loads(List<Long> bytes) {
        double rate = core.dma().bytesPerSecond();
        double first = Math.max(core.dma().triggerLatencySeconds(), bytes.getFirst() / rate);
        return first + bytes.stream().skip(1).mapToDouble(size -> size / rate).sum();
    }
}

package dev.infermark.simulate;

import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.LaneEngine;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Gpsimd;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.numerics.DataType;

/** The documented time of instruction groups on one NeuronCore, each engine for itself. */
public final class InstructionCosts {
    private final NeuronCore core;

    /** Costs on this core. */
    public InstructionCosts(NeuronCore core) {
        this.core = core;
    }

    /** The resource that a group occupies. */
    public Resource resource(InstructionGroup group) {
        return switch (group) {
            case Matmuls _ -> Resource.TENSOR;
            case Passes passes when passes.engine() == Lane.VECTOR -> Resource.VECTOR;
            case Passes _ -> Resource.SCALAR;
            case Gpsimd _ -> Resource.GPSIMD;
            case Transfer _ -> Resource.DMA;
        };
    }

    /** Seconds for which a group occupies its resource. */
    public double seconds(InstructionGroup group) {
        return switch (group) {
            case Matmuls matmuls -> matmuls.cycles(core) / core.tensor().clockHz();
            case Passes passes when passes.engine() == Lane.VECTOR -> passes(core.vector(), passes);
            case Passes passes -> passes(core.scalar(), passes);
            case Gpsimd gpsimd -> gpsimd(gpsimd);
            case Transfer transfer -> transfer(transfer);
        };
    }

    private double passes(LaneEngine engine, Passes passes) {
        long columns = passes.spread().columns();
        double cycles = cycles(engine, passes.instruction(), passes.type(), columns)
                + accessCycles(passes.task(), columns);
        return (double) passes.passes() * passes.spread().tiles() * cycles / engine.clockHz();
    }

    /**
     * What the instructions over one tile wait for memory, as each depends on the result of the one before. Out of PSUM
     * an instruction takes what one bank holds, since a matmul writes within one.
     */
    private double accessCycles(Task task, long columns) {
        if (task != Task.EVACUATION) {
            return core.sbuf().accessLatencyCycles();
        }
        return Math.ceilDiv(columns, core.bankColumns()) * core.psum().accessLatencyCycles();
    }

    /** Engine cycles of one instruction over all partitions: columns times cycles per element, or the minimum. */
    double cycles(LaneEngine engine, Instruction instruction, DataType type, long columns) {
        double slots = Math.ceil(core.sbuf().partitionCount() / (double) engine.laneCount());
        return Math.max(
                core.timing().minimumIntervalCycles(),
                slots * columns * engine.cyclesPerElement(instruction) * engine.timeFactor(type));
    }

    /** Each processor computes on a vector, reads one and writes one in a cycle, all at the same time. */
    private double gpsimd(Gpsimd gpsimd) {
        var engine = core.gpsimd()
                .orElseThrow(() -> new dev.infermark.base.Refusal(
                        core.name() + " has no GPSIMD engine for node " + gpsimd.node()));
        OperatorCost cost = gpsimd.cost();
        double computing = cost.elementOperations() / engine.elementsPerCycle(cost.type());
        double moving = Math.max(cost.bytesRead(), cost.bytesWritten()) / (double) engine.vectorBytes();
        double cycles = engine.fixedCostCycles() + Math.max(computing, moving) / engine.processorCount();
        return gpsimd.runs() * cycles / engine.clockHz();
    }

    /** Rows at the sustained rate of all DMA engines; a short row costs as much as the shortest efficient one. */
    private double transfer(Transfer transfer) {
        double rowBytes = (double) Math.max(1, transfer.rowBytes());
        double rows = transfer.bytes() / rowBytes;
        double rate = transfer.purpose() == Purpose.SHARED_WEIGHTS
                ? core.dma().sharedBytesPerSecond()
                : core.dma().bytesPerSecond();
        return rows * core.dma().rowCostBytes(rowBytes) / rate;
    }
}

package dev.infermark.hardware;

import dev.infermark.numerics.DataType;
import java.util.Map;

/**
 * The programmable processors that run custom operators.
 *
 * @param name for messages
 * @param clock clock of the processors
 * @param processors how many there are
 * @param vectorWidth width of the vector registers
 * @param partitionsPerProcessor SBUF partitions each processor is wired to
 * @param fixedCost cycles that an instruction takes beside its elements
 * @param tightlyCoupledMemory fast memory of each processor
 * @param tightlyCoupledLatency cycles to reach it
 * @param elementsPerCycle supported types with the elements one processor handles per cycle
 */
public record GpsimdEngineSpec(
        String name,
        Figure clock,
        Figure processors,
        Figure vectorWidth,
        Figure partitionsPerProcessor,
        Figure fixedCost,
        Figure tightlyCoupledMemory,
        Figure tightlyCoupledLatency,
        Map<DataType, Figure> elementsPerCycle) {

    /** Checks every unit. */
    public GpsimdEngineSpec {
        clock.requirePositive("clock", Dimension.FREQUENCY);
        processors.requirePositive("processors", Dimension.COUNT);
        vectorWidth.requirePositive("vectorWidth", Dimension.BYTES);
        partitionsPerProcessor.requirePositive("partitionsPerProcessor", Dimension.COUNT);
        fixedCost.require("fixedCost", Dimension.CYCLES);
        tightlyCoupledMemory.requirePositive("tightlyCoupledMemory", Dimension.BYTES);
        tightlyCoupledLatency.require("tightlyCoupledLatency", Dimension.CYCLES);
        elementsPerCycle = Support.copy("elementsPerCycle", elementsPerCycle, Dimension.ELEMENTS_PER_CYCLE);
    }

    /** Clock in Hz. */
    public double clockHz() {
        return clock.base();
    }

    /** How many processors there are. */
    public int processorCount() {
        return (int) processors.whole();
    }

    /** Bytes of a vector register. */
    public long vectorBytes() {
        return vectorWidth.whole();
    }

    /** Cycles that an instruction takes beside its elements. */
    public double fixedCostCycles() {
        return fixedCost.base();
    }

    /** Bytes of the fast memory of each processor. */
    public long tightlyCoupledBytes() {
        return tightlyCoupledMemory.whole();
    }

    /** Whether the processors handle vectors of this type. */
    public boolean supports(DataType type) {
        return elementsPerCycle.containsKey(type);
    }

    /** Elements of this type that one processor handles per cycle; refuses a type it lacks. */
    public double elementsPerCycle(DataType type) {
        return Support.get(name, elementsPerCycle, type);
    }
}

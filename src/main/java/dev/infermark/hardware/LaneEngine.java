package dev.infermark.hardware;

import dev.infermark.numerics.DataType;
import java.util.Map;

/**
 * An engine that works through the free axis of a tensor with one lane per partition: the Vector or the Scalar engine.
 *
 * @param name for messages
 * @param clock clock of the engine
 * @param lanes partitions worked on at once
 * @param flopPerCycle the vendor's figure for comparing generations; not elements per cycle
 * @param accumulatorReadout extra cycles of an instruction that also reduces along the free axis
 * @param timeFactors supported operand types with the time they take relative to the full rate
 * @param instructionCosts cycles per element of a partition
 */
public record LaneEngine(
        String name,
        Figure clock,
        Figure lanes,
        Figure flopPerCycle,
        Figure accumulatorReadout,
        Map<DataType, Figure> timeFactors,
        Map<Instruction, Figure> instructionCosts) {

    /** Checks every unit. */
    public LaneEngine {
        clock.requirePositive("clock", Dimension.FREQUENCY);
        lanes.requirePositive("lanes", Dimension.COUNT);
        flopPerCycle.requirePositive("flopPerCycle", Dimension.OPERATIONS_PER_CYCLE);
        accumulatorReadout.require("accumulatorReadout", Dimension.CYCLES);
        timeFactors = Support.copy("timeFactors", timeFactors, Dimension.RATIO);
        instructionCosts = Support.copy("instructionCosts", instructionCosts, Dimension.CYCLES_PER_ELEMENT);
    }

    /** Clock in Hz. */
    public double clockHz() {
        return clock.base();
    }

    /** Partitions worked on at once. */
    public int laneCount() {
        return (int) lanes.whole();
    }

    /** Whether the engine reads and writes this type. */
    public boolean supports(DataType type) {
        return timeFactors.containsKey(type);
    }

    /** Time for operands of this type relative to the full rate; refuses a type the engine lacks. */
    public double timeFactor(DataType type) {
        return Support.get(name, timeFactors, type);
    }

    /** Cycles per element of a partition; refuses an instruction the engine lacks. */
    public double cyclesPerElement(Instruction instruction) {
        return Support.get(name, instructionCosts, instruction);
    }
}

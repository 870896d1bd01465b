package dev.infermark.hardware;

/**
 * Fixed costs of instructions, the same for every engine of a core.
 *
 * @param minimumInterval fewest engine cycles between the starts of two instructions
 * @param staticOverhead engine cycles that tiny or dependent instructions pay each
 * @param dependentInterval engine cycles between two tiny instructions of which one reads what the other wrote
 * @param handover from the end of one engine's instruction to the start of another's that waited for it
 * @param launch start and teardown of a kernel, beside its instructions
 */
public record InstructionTiming(
        Figure minimumInterval, Figure staticOverhead, Figure dependentInterval, Figure handover, Figure launch) {

    /** Checks every unit. */
    public InstructionTiming {
        minimumInterval.require("minimumInterval", Dimension.CYCLES);
        staticOverhead.require("staticOverhead", Dimension.CYCLES);
        dependentInterval.require("dependentInterval", Dimension.CYCLES);
        handover.require("handover", Dimension.TIME);
        launch.require("launch", Dimension.TIME);
    }

    /** Fewest engine cycles between the starts of two instructions. */
    public double minimumIntervalCycles() {
        return minimumInterval.base();
    }

    /** Engine cycles that tiny or dependent instructions pay each. */
    public double staticOverheadCycles() {
        return staticOverhead.base();
    }

    /** Seconds from one engine to another that waits for it. */
    public double handoverSeconds() {
        return handover.base();
    }

    /** Seconds that a kernel starts and ends in. */
    public double launchSeconds() {
        return launch.base();
    }
}

package dev.infermark.simulate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Program;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A program with the documented cost of its stages on the core that it was lowered for; stages that do the same share
 * one cost.
 *
 * @param program the program
 * @param costs cost of each stage, once where it repeats
 */
public record CostedProgram(Program program, List<StageCost> costs) {

    /** Copies the list. */
    public CostedProgram {
        costs = List.copyOf(costs);
    }

    /** The costs of a program on its core. */
    public static CostedProgram of(Program program, NeuronCore core) {
        InstructionCosts instructions = new InstructionCosts(core);
        IdentityHashMap<List<InstructionGroup>, StageCost> known = new IdentityHashMap<>();
        return new CostedProgram(
                program,
                program.stages().stream()
                        .map(stage ->
                                known.computeIfAbsent(stage.groups(), groups -> StageCost.of(groups, instructions)))
                        .toList());
    }
}

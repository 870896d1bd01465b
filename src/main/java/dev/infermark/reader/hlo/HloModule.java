package dev.infermark.reader.hlo;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A module: computations by name, of which one is the entry.
 *
 * @param computations all of them
 * @param entry the name of the entry
 * @param devices what it was written for
 */
record HloModule(Map<String, Computation> computations, String entry, HloDevices devices) {

    /** Refuses a module without its entry. */
    HloModule {
        computations = Map.copyOf(computations);
        if (!computations.containsKey(entry)) {
            throw new IllegalArgumentException("the module has no entry computation");
        }
    }

    /** The most cores that a tensor is annotated to be divided among, by a partitioner which has not run yet. */
    OptionalLong annotatedCores() {
        boolean hasRun = devices.divided().isPresent()
                || instructions().anyMatch(each -> HloCollectives.kind(each.opcode()).isPresent());
        return hasRun
                ? OptionalLong.empty()
                : instructions().mapToLong(this::shardedCores).filter(cores -> cores > 1).max();
    }

    private long shardedCores(HloInstruction instruction) {
        return Math.max(
                instruction.number("sharded_cores", 1),
                HloShardings.cores(instruction.text("frontend_attributes"), devices.axes()));
    }

    private Stream<HloInstruction> instructions() {
        return computations.values().stream().flatMap(each -> each.instructions().stream());
    }

    /** A computation of this name. */
    Computation computation(String name) {
        Computation found = computations.get(name);
        if (found == null) {
            throw new IllegalArgumentException("computation " + name + " is called and not there");
        }
        return found;
    }

    /**
     * Instructions, each after those whose results it reads.
     *
     * @param name unique in the module
     * @param instructions the instructions
     * @param root the name of the one whose result is returned
     */
    record Computation(String name, List<HloInstruction> instructions, String root) {
        /** Copies the list and refuses an empty one. */
        Computation {
            instructions = List.copyOf(instructions);
            if (instructions.isEmpty()) {
                throw new IllegalArgumentException("computation " + name + " is empty");
            }
        }

        /** The instruction whose result is returned. */
        HloInstruction result() {
            return instructions.stream()
                    .filter(instruction -> instruction.name().equals(root))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("computation " + name + " has no root"));
        }
    }
}

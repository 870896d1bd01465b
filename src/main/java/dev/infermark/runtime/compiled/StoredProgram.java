package dev.infermark.runtime.compiled;

import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * The second part of the file of a compiled network: its program. What stages have in common stands there once.
 *
 * @param name the network
 * @param work the different lists of instructions
 * @param stages what runs one after the other
 * @param storedBytes weights and constants in device memory
 * @param inputBytes what the host sends for each inference
 * @param outputBytes what the host gets back, tensor by tensor
 * @param embeddingLookups most rows that one lookup in a table of embeddings takes, or null
 * @param activations memory that its activations take
 */
record StoredProgram(
        String name,
        List<List<InstructionGroup>> work,
        List<StoredStage> stages,
        long storedBytes,
        long inputBytes,
        List<Long> outputBytes,
        OptionalLong embeddingLookups,
        ActivationMemory activations) {

    /** More bytes, instructions or elements than any network has; sums of thousands of such are counted. */
    private static final long MOST = 1L << 50;

    /**
     * A stage.
     *
     * @param name the layer that it belongs to
     * @param work which of the lists of instructions it runs, from 0
     * @param repetitions how often, one time after the other
     */
    record StoredStage(String name, int work, long repetitions) {}

    static StoredProgram of(Program program) {
        IdentityHashMap<List<InstructionGroup>, Integer> places = new IdentityHashMap<>();
        List<List<InstructionGroup>> work = new ArrayList<>();
        List<StoredStage> stages = new ArrayList<>();
        for (Stage stage : program.stages()) {
            int place = places.computeIfAbsent(stage.groups(), groups -> {
                work.add(groups);
                return work.size() - 1;
            });
            stages.add(new StoredStage(stage.name(), place, stage.repetitions()));
        }
        return new StoredProgram(
                program.name(),
                work,
                stages,
                program.storedBytes(),
                program.inputBytes(),
                program.outputBytes(),
                program.embeddingLookups(),
                program.activations());
    }

    /**
     * The program.
     *
     * @throws IllegalArgumentException where a number is below zero or beyond what any network has
     */
    Program program() {
        require(storedBytes, inputBytes, embeddingLookups.orElse(0), activations.peakBytes());
        activations.outside().forEach(buffer -> requireRows(buffer.bytes(), buffer.rowBytes()));
        outputBytes.forEach(StoredProgram::require);
        stages.forEach(stage -> require(stage.repetitions()));
        work.stream().flatMap(List::stream).forEach(StoredProgram::require);
        List<List<InstructionGroup>> shared = work.stream().map(List::copyOf).toList();
        return new Program(
                name,
                stages.stream()
                        .map(stage -> new Stage(stage.name(), shared.get(stage.work()), stage.repetitions()))
                        .toList(),
                storedBytes,
                inputBytes,
                outputBytes,
                embeddingLookups,
                activations);
    }

    private static void require(InstructionGroup group) {
        switch (group) {
            case InstructionGroup.Matmuls matmuls -> require(matmuls.stationaryTiles(), matmuls.movingColumns());
            case InstructionGroup.Passes passes ->
                    require(passes.passes(), passes.spread().tiles(), passes.spread().columns());
            case InstructionGroup.Gpsimd gpsimd -> require(
                    gpsimd.runs(),
                    gpsimd.cost().elementOperations(),
                    gpsimd.cost().bytesRead(),
                    gpsimd.cost().bytesWritten());
            case InstructionGroup.Transfer transfer -> requireRows(transfer.bytes(), transfer.rowBytes());
        }
    }

    private static void requireRows(long bytes, long rowBytes) {
        require(bytes, rowBytes);
        if (bytes > 0 && rowBytes == 0) {
            throw new IllegalArgumentException(bytes + " bytes in rows of none are no transfer");
        }
    }

    /** Refuses, by an {@link IllegalArgumentException}, a number below zero or beyond what any network has. */
    static void require(long... numbers) {
        for (long number : numbers) {
            if (number < 0 || number > MOST) {
                throw new IllegalArgumentException(number + " is no count that a network has");
            }
        }
    }
}

package dev.infermark.runtime.compiled;

import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * A stage.
     *
     * @param name the layer that it belongs to
     * @param work which of the lists of instructions it runs, from 0
     * @param repetitions how often, one time after the other
     */
    record StoredStage(String name, int work, long repetitions) {}

    static StoredProgram of(Program program) {
        Map<List<InstructionGroup>, Integer> places = new IdentityHashMap<>();
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

    Program program() {
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
}

package dev.infermark.lower;

import java.util.List;
import java.util.OptionalLong;

/**
 * A network compiled for one NeuronCore.
 *
 * @param name the network
 * @param stages what runs one after the other
 * @param storedBytes weights and constants in device memory
 * @param inputBytes what the host sends for each inference
 * @param outputBytes what the host gets back for each inference, tensor by tensor
 * @param embeddingLookups most rows that one lookup in a table of embeddings takes; absent without such tables
 * @param activations memory that its activations take
 */
public record Program(
        String name,
        List<Stage> stages,
        long storedBytes,
        long inputBytes,
        List<Long> outputBytes,
        OptionalLong embeddingLookups,
        ActivationMemory activations) {

    /** Copies the lists. */
    public Program {
        stages = List.copyOf(stages);
        outputBytes = List.copyOf(outputBytes);
    }

    /** Bytes of all outputs together. */
    public long allOutputBytes() {
        return outputBytes.stream().mapToLong(Long::longValue).sum();
    }
}

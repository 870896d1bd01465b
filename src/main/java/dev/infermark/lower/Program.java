package dev.infermark.lower;

import java.util.List;

/**
 * A network compiled for one NeuronCore.
 *
 * @param name the network
 * @param stages what runs one after the other
 * @param storedBytes weights and constants in device memory
 * @param inputBytes what the host sends for each inference
 * @param outputBytes what the host gets back for each inference, tensor by tensor
 * @param tokens rows that are looked up in tables of embeddings; 0 for images
 * @param largestActivationBytes most activation data alive between two nodes
 */
public record Program(
        String name,
        List<Stage> stages,
        long storedBytes,
        long inputBytes,
        List<Long> outputBytes,
        long tokens,
        long largestActivationBytes) {

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

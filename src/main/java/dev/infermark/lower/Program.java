package dev.infermark.lower;

import java.util.List;

/**
 * A network compiled for one NeuronCore.
 *
 * @param name the network
 * @param stages what runs one after the other
 * @param storedBytes weights and constants in device memory
 * @param inputBytes what the host sends for each inference
 * @param outputBytes what the host gets back for each inference
 * @param largestActivationBytes most activation data alive between two nodes
 */
public record Program(
        String name,
        List<Stage> stages,
        long storedBytes,
        long inputBytes,
        long outputBytes,
        long largestActivationBytes) {

    /** Copies the list. */
    public Program {
        stages = List.copyOf(stages);
    }
}

package dev.infermark.serve.device;

/**
 * A call of a network on the modelled device. Times are modelled, those of the device, whatever the server's time
 * scale; the instants are those of the host's {@link System#nanoTime()}.
 *
 * @param model the served name
 * @param firstCore the first NeuronCore of the copy that takes the call, numbered as on the instance
 * @param cores how many cores the copy has
 * @param batchSize places of the call that are filled
 * @param startNanos instant at which it leaves for the device
 * @param endNanos instant at which its answers are there
 * @param heldSeconds how long the copy's cores are busy with it
 * @param latencySeconds from its start to its answers
 */
public record Execution(
        String model,
        int firstCore,
        int cores,
        int batchSize,
        long startNanos,
        long endNanos,
        double heldSeconds,
        double latencySeconds) {}

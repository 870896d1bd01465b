package dev.infermark.lower;

import java.util.List;

/**
 * The memory that activations take.
 *
 * @param peakBytes most data alive between two nodes
 * @param outside the results that no on-chip memory holds, in the order in which they are computed
 */
public record ActivationMemory(long peakBytes, List<Buffer> outside) {
    /** No activation at all. */
    public static final ActivationMemory NONE = new ActivationMemory(0, List.of());

    /** Copies the list. */
    public ActivationMemory {
        outside = List.copyOf(outside);
    }

    /**
     * One result in device memory.
     *
     * @param bytes of all of it
     * @param rowBytes of its innermost dimension, which lie one after the other
     */
    public record Buffer(long bytes, long rowBytes) {}

    /** All results in device memory, in bytes. */
    public long outsideBytes() {
        return outside.stream().mapToLong(Buffer::bytes).reduce(0, Math::addExact);
    }
}

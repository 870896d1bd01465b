package dev.infermark.deploy;

/**
 * What one core holds, by the classes of the runtime's dump; all in bytes.
 *
 * @param code compiled programs
 * @param constants weights
 * @param tensors inputs, outputs, keys and values
 * @param scratchpad activations that no on-chip memory holds
 * @param runtime what no other class holds
 * @param rings descriptors of the DMA engines
 * @param collectives buffers of the exchanges
 */
public record CoreMemory(
        long code, long constants, long tensors, long scratchpad, long runtime, long rings, long collectives) {

    /** The same with so much for the runtime. */
    CoreMemory withRuntime(long bytes) {
        return new CoreMemory(code, constants, tensors, scratchpad, bytes, rings, collectives);
    }

    /** All classes together, in bytes. */
    public long total() {
        return code + constants + tensors + scratchpad + runtime + rings + collectives;
    }
}

package dev.infermark.deploy.generate;

/**
 * What one core of a group holds, by the classes of the runtime's dump; all in bytes.
 *
 * @param code compiled programs
 * @param constants weights
 * @param tensors keys and values
 * @param scratchpad scores of a prompt
 * @param runtime what no other class holds
 * @param rings descriptors of the DMA engines
 * @param collectives buffers of the exchanges
 */
public record CoreMemory(
        long code, long constants, long tensors, long scratchpad, long runtime, long rings, long collectives) {

    /** All classes together, in bytes. */
    public long total() {
        return code + constants + tensors + scratchpad + runtime + rings + collectives;
    }
}

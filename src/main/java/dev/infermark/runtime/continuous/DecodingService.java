package dev.infermark.runtime.continuous;

import dev.infermark.base.UserError;

/**
 * Copies of a network that generate text.
 *
 * @param copies groups of cores that each hold the network
 * @param slots sequences that a copy decodes together: the batch it was compiled for
 * @param compiledTokens tokens of a sequence that a slot has room for
 * @param joining when requests take slots
 * @param times of calls of a copy
 */
public record DecodingService(int copies, int slots, long compiledTokens, Joining joining, DecodingTimes times) {

    /** Refuses services without copies, slots or room. */
    public DecodingService {
        if (copies < 1 || slots < 1 || compiledTokens < 1) {
            throw new UserError(copies + " copies with " + slots + " slots of " + compiledTokens
                    + " tokens generate nothing; give 1 or more of each");
        }
    }

    /** Whether a slot has room for a request. */
    public boolean hasRoomFor(RequestSize size) {
        return size.total() <= compiledTokens;
    }
}

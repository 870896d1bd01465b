package dev.infermark.runtime.queue;

import dev.infermark.base.UserError;

/**
 * What answers requests: so many copies of a network, each of which takes one call after the other.
 *
 * <p>A call takes the same time however many of its places are filled, since a network is compiled for one batch. A
 * copy that several clients keep busy begins a call before it has answered the one before, so that it is held for less
 * time than a caller waits.
 *
 * @param copies copies of the network
 * @param heldSeconds time from the start of one call on a copy to the start of the next one
 * @param latencySeconds median time from the start of a call to its answer, at least {@code heldSeconds}
 * @param tail how far the times of calls spread
 */
public record Service(int copies, double heldSeconds, double latencySeconds, Tail tail) {

    /** Refuses times and numbers below or equal to zero. */
    public Service {
        if (copies < 1 || !(heldSeconds > 0) || !(latencySeconds >= heldSeconds) || Double.isInfinite(latencySeconds)) {
            throw new UserError("a service of " + copies + " copies with calls of " + heldSeconds + " to "
                    + latencySeconds + " s cannot be; give one copy or more and a time above 0");
        }
    }

    /** Requests per second that full calls of this size answer at most. */
    public double capacity(int requestsPerCall) {
        return copies * requestsPerCall / (heldSeconds * tail.meanOverMedian());
    }
}

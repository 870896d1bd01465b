package dev.infermark.runtime.queue;

import dev.infermark.base.UserError;

/**
 * How requests are gathered into calls: a call leaves when it is full, or when its first request has waited long
 * enough, and a core is free.
 *
 * @param size most requests of a call
 * @param maxDelaySeconds how long a request waits for others to fill its call
 */
public record Batching(int size, double maxDelaySeconds) {
    /** Every request is a call of its own. */
    public static final Batching NONE = new Batching(1, 0);

    /** Refuses empty calls and delays that are no number. */
    public Batching {
        if (size < 1) {
            throw new UserError("a call of " + size + " requests is none; give a batch of 1 or more");
        }
        if (!(maxDelaySeconds >= 0 && maxDelaySeconds < Double.POSITIVE_INFINITY)) {
            throw new UserError("a delay of " + maxDelaySeconds + " s cannot be waited; give 0 or more");
        }
    }
}

package dev.infermark.runtime.continuous;

import dev.infermark.base.UserError;

/**
 * How much one request asks for.
 *
 * @param inputTokens tokens of the prompt
 * @param outputTokens tokens to generate, the first included
 */
public record RequestSize(long inputTokens, long outputTokens) {
    private static final long LIMIT = 1L << 22;

    /** Refuses sizes below one. */
    public RequestSize {
        if (inputTokens < 1 || outputTokens < 1 || inputTokens > LIMIT || outputTokens > LIMIT) {
            throw new UserError("a request of " + inputTokens + " input and " + outputTokens
                    + " output tokens cannot be; give whole numbers from 1 to " + LIMIT);
        }
    }

    /** Tokens of the whole sequence. */
    public long total() {
        return inputTokens + outputTokens;
    }
}

package dev.infermark.deploy.generate;

import dev.infermark.base.UserError;

/**
 * What is generated at once by one copy of a network.
 *
 * @param batch sequences that the network was compiled for, 1 or more
 * @param active sequences that are generated together, up to the batch; the others' places compute too
 * @param inputTokens tokens of each prompt
 * @param outputTokens tokens generated for each, the first included
 * @param compiledTokens tokens of a sequence that the cache has room for
 * @param copies groups of cores that each serve such a batch
 */
public record GenerationRequest(
        long batch, long active, long inputTokens, long outputTokens, long compiledTokens, int copies) {

    private static final long LIMIT = 1L << 22;

    /** Refuses sizes below one and sequences that are longer than the cache. */
    public GenerationRequest {
        require("batch", batch);
        require("input length", inputTokens);
        require("output length", outputTokens);
        require("compiled length", compiledTokens);
        if (active < 1 || active > batch || copies < 1) {
            throw new IllegalArgumentException(active + " of " + batch + " sequences, " + copies + " copies");
        }
        if (inputTokens + outputTokens > compiledTokens) {
            throw new UserError("the input length " + inputTokens + " and the output length " + outputTokens
                    + " exceed the compiled length " + compiledTokens + "; raise --compiled-length or shorten them");
        }
    }

    /** A full batch on one copy, compiled for just these lengths. */
    public static GenerationRequest of(long batch, long inputTokens, long outputTokens) {
        require("input length", inputTokens);
        require("output length", outputTokens);
        return new GenerationRequest(batch, batch, inputTokens, outputTokens, inputTokens + outputTokens, 1);
    }

    /** This request compiled for sequences of this many tokens. */
    public GenerationRequest withCompiledTokens(long tokens) {
        return new GenerationRequest(batch, active, inputTokens, outputTokens, tokens, copies);
    }

    /** This request with another batch, all of whose sequences are generated. */
    public GenerationRequest withBatch(long other) {
        return new GenerationRequest(other, other, inputTokens, outputTokens, compiledTokens, copies);
    }

    /** This request with so many of the batch's sequences. */
    public GenerationRequest withActive(long sequences) {
        return new GenerationRequest(batch, sequences, inputTokens, outputTokens, compiledTokens, copies);
    }

    /** This request on several copies. */
    public GenerationRequest withCopies(int groups) {
        return new GenerationRequest(batch, active, inputTokens, outputTokens, compiledTokens, groups);
    }

    private static void require(String name, long value) {
        if (value < 1 || value > LIMIT) {
            throw new UserError("the " + name + " is " + value + "; give a whole number from 1 to " + LIMIT);
        }
    }
}

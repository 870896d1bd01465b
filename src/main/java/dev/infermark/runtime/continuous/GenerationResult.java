package dev.infermark.runtime.continuous;

import dev.infermark.runtime.queue.Latencies;

/**
 * What a simulated run of text generation came to; times and rates as vLLM's benchmark defines them.
 *
 * @param latencies of requests that were answered
 * @param tokens of requests that were answered
 * @param unanswered requests that were turned away
 * @param good answered requests that kept the targets
 * @param seconds from the first arrival to the last token
 * @param slotUtilisation share of that time for which the slots were taken
 * @param busy share of that time for which the copies were in a call
 * @param meanInSystem requests that waited or were generated for, averaged over time
 * @param longestQueue most requests that waited for a slot at once
 */
public record GenerationResult(
        Times latencies,
        Tokens tokens,
        Unanswered unanswered,
        long good,
        double seconds,
        double slotUtilisation,
        double busy,
        double meanInSystem,
        int longestQueue) {

    /**
     * Latencies by kind.
     *
     * @param ttft from arrival to first token
     * @param tpot mean of a request's times per further token
     * @param itl between two tokens
     * @param endToEnd from arrival to last token
     */
    public record Times(Latencies ttft, Latencies tpot, Latencies itl, Latencies endToEnd) {}

    /**
     * Sums of tokens.
     *
     * @param input of prompts
     * @param output generated
     */
    public record Tokens(long input, long output) {}

    /**
     * Requests that were turned away.
     *
     * @param dropped since the queue was full
     * @param rejected since they are longer than the compiled length
     */
    public record Unanswered(long dropped, long rejected) {}

    /** Requests that were answered in full. */
    public long completed() {
        return latencies.endToEnd().count();
    }

    /** A count per second of the run; zero where nothing was answered. */
    public double perSecond(long count) {
        return seconds > 0 ? count / seconds : 0;
    }
}

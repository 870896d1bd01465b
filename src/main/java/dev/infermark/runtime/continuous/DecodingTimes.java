package dev.infermark.runtime.continuous;

/** How long the calls of one copy of a network take, in seconds. Implementations are thread-safe. */
public interface DecodingTimes {
    /** Prefill of so many prompts, the longest of which has so many tokens. */
    double prefillSeconds(int prompts, long longestInput);

    /** A step of so many sequences, the longest of which has so many tokens in its cache. */
    double stepSeconds(int active, long longestSequence);
}

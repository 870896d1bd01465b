package dev.infermark.deploy.generate;

/** Lengths that a runtime compiles a network for: doubling, the last as long as the cache. */
final class Buckets {
    /** The shortest bucket of a step. */
    static final long LEAST_TOKENS = 128;

    /** The shortest bucket of a prompt. */
    static final long LEAST_PROMPT = 64;

    private Buckets() {}

    /** The smallest bucket that holds so many tokens. */
    static long of(long tokens, long least, long most) {
        long bucket = least;
        while (bucket < tokens) {
            bucket *= 2;
        }
        return Math.min(bucket, Math.max(most, tokens));
    }
}

package dev.infermark.runtime.continuous;

/** One request on its way through a {@link Batcher}; times are in seconds on the clock that drives it. */
public final class Sequence {
    private final RequestSize size;
    private final double arrival;
    private long contextTokens;
    private long generated;
    private double firstToken = Double.NaN;
    private double lastToken;

    /** A request that arrived at this time. */
    public Sequence(RequestSize size, double arrival) {
        this.size = size;
        this.arrival = arrival;
        this.lastToken = arrival;
    }

    /** What it asks for. */
    public RequestSize size() {
        return size;
    }

    /** When it arrived. */
    public double arrival() {
        return arrival;
    }

    /** Tokens that it has so far. */
    public long generated() {
        return generated;
    }

    /** Whether it has all its tokens. */
    public boolean isComplete() {
        return generated >= size.outputTokens();
    }

    /** Seconds from its arrival to its first token; not a number before that. */
    public double timeToFirstToken() {
        return firstToken - arrival;
    }

    /** Mean seconds per token after the first, of those that it has; not a number before the second. */
    public double timePerToken() {
        return (lastToken - firstToken) / (generated - 1);
    }

    /** Seconds from its arrival to the last token that it has. */
    public double endToEnd() {
        return lastToken - arrival;
    }

    /** Takes a slot, its prompt padded to so many tokens. */
    void join(long paddedInput) {
        contextTokens = paddedInput;
    }

    /** Tokens in its cache, with padding. */
    long cachedTokens() {
        return contextTokens + generated;
    }

    /** Takes a token and says how long it has waited for it. */
    double take(double now) {
        double gap = now - lastToken;
        if (generated == 0) {
            firstToken = now;
        }
        generated++;
        lastToken = now;
        return gap;
    }
}

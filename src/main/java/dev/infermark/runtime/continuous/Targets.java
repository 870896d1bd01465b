package dev.infermark.runtime.continuous;

/**
 * What a request must keep to count for goodput, in seconds; infinity where nothing is asked.
 *
 * @param timeToFirstToken the most from arrival to first token
 * @param timePerToken the most per further token, on the request's average
 */
public record Targets(double timeToFirstToken, double timePerToken) {
    /** Nothing is asked. */
    public static final Targets NONE = new Targets(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Whether anything is asked. */
    public boolean isAsked() {
        return !equals(NONE);
    }

    /** Whether an answered request kept them; one of a single token has no time per further token. */
    boolean areMetBy(Sequence sequence) {
        return sequence.timeToFirstToken() <= timeToFirstToken
                && (sequence.generated() == 1 || sequence.timePerToken() <= timePerToken);
    }
}

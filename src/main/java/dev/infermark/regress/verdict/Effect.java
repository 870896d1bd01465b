package dev.infermark.regress.verdict;

/**
 * A relative change with its 95 % interval.
 *
 * @param change 0.1 for 10 % more
 * @param lower lower end of the interval
 * @param upper upper end of the interval
 * @param p p-value, adjusted for the whole suite where there is one
 */
public record Effect(double change, double lower, double upper, double p) {

    /** Whether the whole interval lies within a threshold on both sides. */
    public boolean isWithin(double threshold) {
        return lower > 1 / (1 + threshold) - 1 && upper < threshold;
    }

    /** Whether the interval lies wholly on one side of no change. */
    public boolean excludesNone() {
        return lower > 0 || upper < 0;
    }

    /** Whether the change itself reaches a threshold in either direction, as a factor. */
    public boolean reaches(double threshold) {
        return Math.abs(Math.log1p(change)) >= Math.log1p(threshold);
    }
}

package dev.infermark.regress.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;
import org.hipparchus.special.Gamma;

/**
 * What a whole suite tells of any one benchmark's variance: a scaled inverse chi-squared distribution, fitted to the
 * variances of all by the moments of their logarithms (Smyth, Stat. Appl. Genet. Mol. Biol. 3, 2004).
 *
 * <p>A few forks estimate a variance badly; moderated by the suite it needs fewer of them to show the same change.
 *
 * @param freedom degrees of freedom that the suite is worth
 * @param variance the suite's typical variance
 */
public record VariancePrior(double freedom, double variance) {
    private static final int LEAST = 10;
    private static final double APART = 0.05;
    private static final double SMALLEST = 1e-8;

    /** The suite never counts for more than this many times a benchmark's own forks: noise has no one law. */
    private static final double MOST = 2;

    /** The prior of at least ten variances of so many degrees of freedom each, or none where there are fewer. */
    public static Optional<VariancePrior> of(double[] variances, double freedom) {
        int n = variances.length;
        if (n < LEAST) {
            return Optional.empty();
        }
        double half = freedom / 2;
        double[] e = Arrays.stream(variances)
                .map(v -> Math.log(Math.max(SMALLEST, v)) - Gamma.digamma(half) + Math.log(half))
                .toArray();
        double mean = Arrays.stream(e).average().orElseThrow();
        double spread = Arrays.stream(e).map(x -> (x - mean) * (x - mean)).sum() / (n - 1);
        double excess = spread - Gamma.trigamma(half);
        double prior = Math.min(MOST * freedom, excess <= 0 ? Double.POSITIVE_INFINITY : 2 * inverseTrigamma(excess));
        return Optional.of(new VariancePrior(
                prior, Math.exp(mean + Gamma.digamma(prior / 2) - Math.log(prior / 2))));
    }

    /** Whether a benchmark's variance may be of this law; one far above it is noisier than the suite can tell of. */
    public boolean holdsFor(double own, double ownFreedom) {
        return FDistribution.of(ownFreedom, freedom).survivalProbability(own / variance) > APART;
    }

    /**
     * A benchmark's variance of so many degrees of freedom, moderated, but never below its own: pulling down the noisy
     * would raise false alarms where they are likeliest.
     */
    public double moderate(double own, double ownFreedom) {
        return Math.max(own, (freedom * variance + ownFreedom * own) / (freedom + ownFreedom));
    }

    /** Trigamma falls from ∞ to 0, so bisection finds its inverse. */
    private static double inverseTrigamma(double value) {
        double low = 1e-3;
        double high = 1e6;
        for (int i = 0; i < 100; i++) {
            double middle = Math.sqrt(low * high);
            if (Gamma.trigamma(middle) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

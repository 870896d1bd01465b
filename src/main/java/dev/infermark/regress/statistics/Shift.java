package dev.infermark.regress.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * How far the forks of a candidate lie from those of a baseline.
 *
 * <p>Works on logarithms, where run-to-run noise is about symmetric and alike on both sides. Equal numbers of forks
 * take Student's test, which then hardly minds unequal variances and keeps its degrees of freedom, moderated by the
 * suite's variances where these are given; unequal numbers take Welch's.
 *
 * @param change relative change of the geometric mean, 0.1 for 10 % more
 * @param lower lower end of its 95 % interval
 * @param upper upper end of its 95 % interval
 * @param p two-sided p-value of the t-test
 * @param rankP two-sided p-value of the Mann-Whitney test, exact where there are no ties
 * @param spread standard deviation of a fork's logarithm, pooled
 */
public record Shift(double change, double lower, double upper, double p, double rankP, double spread) {
    /** Run-to-run spread that even the quietest benchmark is taken to have: a few equal forks prove no silence. */
    public static final double LEAST_SPREAD = 0.005;

    private static final double HALF_LEVEL = 0.025;

    /** Compares at least two positive values per side. */
    public static Shift between(double[] baseline, double[] candidate) {
        return between(baseline, candidate, Optional.empty());
    }

    /**
     * Compares at least two positive values per side.
     *
     * @param prior what the suite tells of the variance; used where both sides have as many values
     */
    public static Shift between(double[] baseline, double[] candidate, Optional<VariancePrior> prior) {
        double[] a = Arrays.stream(baseline).map(Math::log).toArray();
        double[] b = Arrays.stream(candidate).map(Math::log).toArray();
        double difference = Mean.of(b).getAsDouble() - Mean.of(a).getAsDouble();
        double pooled = pooled(a, b);
        StandardError error = a.length == b.length ? student(pooled, a.length, prior) : welch(a, b);
        TDistribution t = TDistribution.of(error.freedom);
        double reach = error.size * t.inverseSurvivalProbability(HALF_LEVEL);
        double rankP = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .with(PValueMethod.AUTO)
                .test(b, a)
                .getPValue();
        return new Shift(
                Math.expm1(difference),
                Math.expm1(difference - reach),
                Math.expm1(difference + reach),
                Math.min(1, 2 * t.survivalProbability(Math.abs(difference) / error.size)),
                rankP,
                Math.sqrt(pooled));
    }

    /** The variance of logarithms over both sides, as measured. */
    public static double rawVariance(double[] baseline, double[] candidate) {
        double a = Variance.of(Arrays.stream(baseline).map(Math::log).toArray()).getAsDouble();
        double b = Variance.of(Arrays.stream(candidate).map(Math::log).toArray()).getAsDouble();
        return (a + b) / 2;
    }

    /** The standard error of a difference of means, and its degrees of freedom. */
    private record StandardError(double size, double freedom) {}

    private static StandardError student(double pooled, int n, Optional<VariancePrior> suite) {
        double freedom = 2.0 * n - 2;
        Optional<VariancePrior> prior = suite.filter(p -> p.holdsFor(pooled, freedom));
        double variance = prior.map(p -> p.moderate(pooled, freedom)).orElse(pooled);
        double least = LEAST_SPREAD * LEAST_SPREAD;
        return new StandardError(
                Math.sqrt(2 * Math.max(least, variance) / n),
                freedom + prior.map(VariancePrior::freedom).orElse(0.0));
    }

    private static StandardError welch(double[] a, double[] b) {
        double partA = variance(a) / a.length;
        double partB = variance(b) / b.length;
        double freedom = (partA + partB) * (partA + partB)
                / (partA * partA / (a.length - 1) + partB * partB / (b.length - 1));
        return new StandardError(Math.sqrt(partA + partB), freedom);
    }

    private static double pooled(double[] a, double[] b) {
        return ((a.length - 1) * variance(a) + (b.length - 1) * variance(b)) / (a.length + b.length - 2);
    }

    private static double variance(double[] values) {
        return Math.max(LEAST_SPREAD * LEAST_SPREAD, Variance.of(values).getAsDouble());
    }
}

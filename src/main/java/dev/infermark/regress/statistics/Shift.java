package dev.infermark.regress.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;

/**
 * How far the forks of a candidate lie from those of a baseline.
 *
 * <p>Works on logarithms, where run-to-run noise is about symmetric and alike on both sides. Equal numbers of forks
 * take Student's test, which then hardly minds unequal variances and keeps its degrees of freedom; unequal numbers
 * take Welch's.
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

    /** Compares at least two positive values a side. */
    public static Shift between(double[] baseline, double[] candidate) {
        double[] a = Arrays.stream(baseline).map(Math::log).toArray();
        double[] b = Arrays.stream(candidate).map(Math::log).toArray();
        double varianceA = variance(a);
        double varianceB = variance(b);
        DataDispersion dispersion =
                a.length == b.length ? DataDispersion.HOMOSCEDASTIC : DataDispersion.HETEROSCEDASTIC;
        double meanA = Mean.of(a).getAsDouble();
        double meanB = Mean.of(b).getAsDouble();
        TTest.Result test = TTest.withDefaults()
                .with(dispersion)
                .test(meanB, varianceB, b.length, meanA, varianceA, a.length);
        double error = Math.sqrt(varianceA / a.length + varianceB / b.length);
        double reach = error
                * TDistribution.of(test.getDegreesOfFreedom()).inverseSurvivalProbability(HALF_LEVEL);
        double difference = meanB - meanA;
        double rankP = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .with(PValueMethod.AUTO)
                .test(b, a)
                .getPValue();
        double pooled = ((a.length - 1) * varianceA + (b.length - 1) * varianceB) / (a.length + b.length - 2);
        return new Shift(
                Math.expm1(difference),
                Math.expm1(difference - reach),
                Math.expm1(difference + reach),
                test.getPValue(),
                rankP,
                Math.sqrt(pooled));
    }

    private static double variance(double[] values) {
        return Math.max(LEAST_SPREAD * LEAST_SPREAD, Variance.of(values).getAsDouble());
    }
}

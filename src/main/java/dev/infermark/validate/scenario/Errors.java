package dev.infermark.validate.scenario;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * How far modelled values lie from published ones; a relative error is modelled / published − 1.
 *
 * @param count pairs of values, 1 or more
 * @param mean mean of the absolute relative errors
 * @param median median of the absolute relative errors
 * @param p90 90th percentile of the absolute relative errors
 * @param worst largest absolute relative error
 * @param bias mean of the relative errors with their signs
 * @param spearman Spearman's rank correlation of modelled and published values; 1 for a single pair
 */
public record Errors(int count, double mean, double median, double p90, double worst, double bias, double spearman) {

    /**
     * A published value and what the model says of it.
     *
     * @param published above 0
     * @param modelled above 0
     */
    public record Pair(double published, double modelled) {

        /** Modelled over published, minus one. */
        public double error() {
            return modelled / published - 1;
        }
    }

    /** The statistics of one pair or more; percentiles interpolate linearly between the sorted errors. */
    public static Errors of(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no pairs of values");
        }
        double[] absolute = pairs.stream().mapToDouble(pair -> Math.abs(pair.error())).toArray();
        return new Errors(
                absolute.length,
                Arrays.stream(absolute).average().orElseThrow(),
                quantile(absolute, 0.5),
                quantile(absolute, 0.9),
                Arrays.stream(absolute).max().orElseThrow(),
                pairs.stream().mapToDouble(Pair::error).average().orElseThrow(),
                absolute.length == 1 ? 1 : spearman(pairs));
    }

    /** The quantile of a sample by linear interpolation between order statistics (Hyndman and Fan's type 7). */
    static double quantile(double[] sample, double share) {
        return new Percentile()
                .withEstimationType(Percentile.EstimationType.R_7)
                .evaluate(sample, 100 * share);
    }

    private static double spearman(List<Pair> pairs) {
        double correlation = new SpearmansCorrelation()
                .correlation(
                        pairs.stream().mapToDouble(Pair::published).toArray(),
                        pairs.stream().mapToDouble(Pair::modelled).toArray());
        return Double.isNaN(correlation) ? 0 : correlation;
    }
}

package dev.infermark.regress.statistics;

import dev.infermark.base.Median;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Location and spread that outliers do not move. */
public final class Robust {
    /** Makes the median absolute deviation of Gaussian data estimate their standard deviation: 1 / Φ⁻¹(3/4). */
    public static final double MAD_TO_SIGMA = 1.482602218505602;

    private Robust() {}

    /** The median absolute deviation from a centre, scaled to estimate a standard deviation. */
    public static double spread(double[] values, double centre) {
        return MAD_TO_SIGMA * Median.of(Arrays.stream(values).map(v -> Math.abs(v - centre)).toArray());
    }

    /**
     * The values with those beyond {@code limit} spreads of the median moved to that limit.
     *
     * <p>Where more than half of the values are equal, the mean absolute deviation takes the place of the median one.
     */
    public static double[] winsorise(double[] values, double limit) {
        double median = Median.of(values);
        double spread = spread(values, median);
        if (spread == 0) {
            spread = Arrays.stream(values).map(v -> Math.abs(v - median)).average().orElse(0);
        }
        double low = median - limit * spread;
        double high = median + limit * spread;
        return Arrays.stream(values).map(v -> Math.clamp(v, low, high)).toArray();
    }

    /** The indices of values further than {@code limit} robust spreads from the median of the others' bulk. */
    public static int[] outliers(double[] values, double limit, double leastSpread) {
        double median = Median.of(values);
        double reach = limit * Math.max(leastSpread, spread(values, median));
        return IntStream.range(0, values.length)
                .filter(i -> Math.abs(values[i] - median) > reach)
                .toArray();
    }
}

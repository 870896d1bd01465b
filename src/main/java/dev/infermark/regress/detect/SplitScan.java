package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Autocorrelation;
import java.util.ArrayList;
import java.util.List;

/**
 * The clearest split of a series into two levels: the largest squared difference of means, in units of its variance,
 * over every split of the whole series and of half-overlapping windows of a half, a quarter, and so on of its length.
 *
 * <p>The windows see what a split of the whole cannot: a level that rises and falls again (seeded intervals: Kovács,
 * Bühlmann, Li and Munk, Biometrika 110, 2023). Cumulative sums make a scan linear in the length per window size.
 */
final class SplitScan {
    /** Fewest values on either side of a split; shorter episodes cannot be told from outliers. */
    static final int LEAST = 5;

    private static final int LEAST_WINDOW = 4 * LEAST;

    private final List<Scale> scales = new ArrayList<>();
    private final double[] sums;

    /** One window size: its places, and for each split the factor that makes a squared excess a statistic. */
    private static final class Scale {
        private final int length;
        private final int[] starts;
        private final double[] weights;

        private Scale(int length, int[] starts, double[] weights) {
            this.length = length;
            this.starts = starts;
            this.weights = weights;
        }
    }

    /**
     * What a scan found.
     *
     * @param statistic the largest, 0 where nothing varies
     * @param index of the second level's first value
     * @param explained the sum of squares that the split explains
     */
    record Best(double statistic, int index, double explained) {}

    /** A scan of series of one length; {@code coefficient} is their lag-one autocorrelation. */
    SplitScan(int length, double coefficient) {
        sums = new double[length + 1];
        double[] variance = new double[length];
        for (int n = 1; n < length; n++) {
            variance[n] = Autocorrelation.varianceInflation(n, coefficient) / n;
        }
        scales.add(scale(length, length, variance));
        for (int window = length / 2; window >= LEAST_WINDOW; window /= 2) {
            scales.add(scale(length, window, variance));
        }
    }

    private static Scale scale(int length, int window, double[] variance) {
        int steps = (int) Math.ceil((length - window) / (window / 2.0));
        int[] starts = new int[steps + 1];
        for (int i = 1; i <= steps; i++) {
            starts[i] = (int) ((long) (length - window) * i / steps);
        }
        double[] weights = new double[window];
        for (int m = 1; m < window; m++) {
            double toDifference = (double) window / ((double) m * (window - m));
            weights[m] = toDifference * toDifference / (variance[m] + variance[window - m]);
        }
        return new Scale(window, starts, weights);
    }

    /** The largest statistic. */
    double statistic(double[] values) {
        accumulate(values);
        double best = 0;
        for (Scale scale : scales) {
            for (int start : scale.starts) {
                best = Math.max(best, largest(scale, start));
            }
        }
        return best;
    }

    /** The largest statistic and where it lies. */
    Best best(double[] values) {
        double most = statistic(values);
        for (Scale scale : scales) {
            for (int start : scale.starts) {
                if (largest(scale, start) == most) {
                    int index = split(scale, start, most);
                    return new Best(most, index, explained(scale, start, index - start));
                }
            }
        }
        return new Best(0, values.length / 2, 0);
    }

    private void accumulate(double[] values) {
        for (int i = 0; i < values.length; i++) {
            sums[i + 1] = sums[i] + values[i];
        }
    }

    private double largest(Scale scale, int start) {
        double base = sums[start];
        double mean = (sums[start + scale.length] - base) / scale.length;
        double best = 0;
        for (int m = LEAST; m <= scale.length - LEAST; m++) {
            double excess = sums[start + m] - base - m * mean;
            double statistic = excess * excess * scale.weights[m];
            if (statistic > best) {
                best = statistic;
            }
        }
        return best;
    }

    private double explained(Scale scale, int start, int m) {
        double mean = (sums[start + scale.length] - sums[start]) / scale.length;
        double excess = sums[start + m] - sums[start] - m * mean;
        return excess * excess * scale.length / ((double) m * (scale.length - m));
    }

    private int split(Scale scale, int start, double wanted) {
        double base = sums[start];
        double mean = (sums[start + scale.length] - base) / scale.length;
        for (int m = LEAST; m < scale.length - LEAST; m++) {
            double excess = sums[start + m] - base - m * mean;
            if (excess * excess * scale.weights[m] == wanted) {
                return start + m;
            }
        }
        return start + scale.length - LEAST;
    }

    /**
     * An upper bound of the chance that a random order of values reaches a statistic, by Bernstein's inequality for
     * sampling without replacement, added up over all splits; scanned without autocorrelation.
     *
     * @param variance mean square of the centred values
     * @param largest largest absolute centred value
     */
    double bound(double statistic, double variance, double largest) {
        double sum = 0;
        for (Scale scale : scales) {
            for (int m = LEAST; m <= scale.length - LEAST; m++) {
                double excess = Math.sqrt(statistic / scale.weights[m]);
                double share = (double) m / scale.length;
                double inner = m * (1 - share) * (1 - share) + (scale.length - m) * share * share;
                double reach = largest * Math.max(share, 1 - share);
                sum += 2
                        * scale.starts.length
                        * Math.exp(-excess * excess / (2 * variance * inner + 2 * reach * excess / 3));
            }
        }
        return Math.min(1, sum);
    }
}

package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Robust;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether a stretch of a series holds a change of level: the clearest split against the clearest splits of the same
 * values in random orders, a test that is exact for independent noise of any distribution.
 *
 * <p>Values beyond two robust spreads are moved there first, which the order of the values does not influence, so the
 * test stays exact. Where Bernstein's inequality already proves the change, no order is drawn. Drawing stops where too
 * many orders have reached the statistic (Besag and Clifford, Biometrika 78, 1991), or none of the first 399 has.
 */
final class SegmentTest {
    /** Chance, about, of a false change in a stretch of independent noise. */
    static final double LEVEL = 0.003;

    private static final double OUTLIER_LIMIT = 2;
    private static final int ORDERS = 999;
    private static final int CLEAR_AFTER = 399;
    private static final double LEAST_P = 1e-12;

    private SegmentTest() {}

    /** A split that passed its test. */
    record Split(int index, double p) {}

    /** The split of {@code values[from, to)}, if there is one; {@code coefficient} is the noise's autocorrelation. */
    static Optional<Split> test(double[] values, int from, int to, double coefficient, long seed) {
        int n = to - from;
        if (n < 2 * SplitScan.LEAST) {
            return Optional.empty();
        }
        double[] centred = Robust.winsorise(Arrays.copyOfRange(values, from, to), OUTLIER_LIMIT);
        double mean = Arrays.stream(centred).average().orElseThrow();
        Arrays.setAll(centred, i -> centred[i] - mean);
        SplitScan.Best best = new SplitScan(n, coefficient).best(centred);
        if (best.statistic() <= 0) {
            return Optional.empty();
        }
        double p = chance(centred, best.statistic(), seed);
        return p <= LEVEL ? Optional.of(new Split(from + best.index(), p)) : Optional.empty();
    }

    private static double chance(double[] centred, double statistic, long seed) {
        SplitScan independent = new SplitScan(centred.length, 0);
        double variance = Arrays.stream(centred).map(v -> v * v).average().orElseThrow();
        double largest = Arrays.stream(centred).map(Math::abs).max().orElseThrow();
        double bound = independent.bound(statistic, variance, largest);
        if (bound <= LEVEL) {
            return Math.max(LEAST_P, bound);
        }
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(centred));
        double enough = statistic * (1 - 1e-9);
        int stop = (int) (LEVEL * (ORDERS + 1));
        int reached = 0;
        int drawn = 0;
        while (drawn < ORDERS && reached < stop && !(drawn == CLEAR_AFTER && reached == 0)) {
            shuffle(centred, random);
            drawn++;
            if (independent.statistic(centred) >= enough) {
                reached++;
            }
        }
        return (reached + 1.0) / (drawn + 1.0);
    }

    private static void shuffle(double[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            // Lemire's multiply-shift: its bias is below 2^-22 here, and it needs no division.
            int j = (int) (((random.nextLong() >>> 32) * (i + 1)) >>> 32);
            double held = values[i];
            values[i] = values[j];
            values[j] = held;
        }
    }
}

package dev.infermark.regress.detect;

import dev.infermark.regress.statistics.Extremes;
import dev.infermark.regress.statistics.Orders;
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
 * many orders have reached the statistic (Besag and Clifford, Biometrika 78, 1991), or where the largest statistics of
 * the orders so far, which follow a distribution of extremes (Winkler et al., NeuroImage 141, 2016), leave no doubt.
 */
final class SegmentTest {
    /** Chance, about, of a false change in a stretch of independent noise. */
    static final double LEVEL = 0.003;

    private static final double OUTLIER_LIMIT = 2;
    private static final int ORDERS = 999;
    private static final int CLEAR_AFTER = 24;
    /** Clear beyond doubt after the first look; after twice as many orders twice the chance will do, and so on. */
    private static final double CLEAR = 1e-5;

    /** So short a series has few orders; that many more draws tell their share exactly enough. */
    private static final int SHORT = 20;

    private static final int ORDERS_OF_SHORT = 9999;
    private static final double NEARLY_ALL = 0.75;
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
        double p = chance(centred, asIfIndependent(centred, best, coefficient), seed);
        return p <= LEVEL ? Optional.of(new Split(from + best.index(), p)) : Optional.empty();
    }

    /**
     * The statistic that independent noise would need to be as clear: the ratio of variance explained to variance left,
     * divided by what autocorrelation makes of it. A step that leaves hardly any variance stays clear.
     */
    private static double asIfIndependent(double[] centred, SplitScan.Best best, double coefficient) {
        if (coefficient == 0) {
            return best.statistic();
        }
        double all = Arrays.stream(centred).map(v -> v * v).sum();
        double explained = Math.min(all * (1 - 1e-12), best.explained());
        if (explained < NEARLY_ALL * all) {
            return best.statistic();
        }
        double ratio = best.statistic() / (all - explained);
        return all * ratio / (1 + ratio);
    }

    private static double chance(double[] centred, double statistic, long seed) {
        SplitScan independent = new SplitScan(centred.length, 0);
        double variance = Arrays.stream(centred).map(v -> v * v).average().orElseThrow();
        double largest = Arrays.stream(centred).map(Math::abs).max().orElseThrow();
        double bound = independent.bound(statistic, variance, largest);
        if (bound <= CLEAR) {
            return Math.max(LEAST_P, bound);
        }
        SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(centred));
        double enough = statistic * (1 - 1e-9);
        int orders = centred.length <= SHORT ? ORDERS_OF_SHORT : ORDERS;
        int stop = (int) (LEVEL * (orders + 1));
        int reached = 0;
        Extremes extremes = new Extremes();
        int check = CLEAR_AFTER;
        while (extremes.count() < orders && reached < stop) {
            if (extremes.count() == check && reached == 0 && centred.length > SHORT) {
                double tail = extremes.chanceBeyond(statistic);
                double clear = CLEAR * check / CLEAR_AFTER;
                check *= 2;
                if (tail <= clear) {
                    return Math.max(LEAST_P, Math.min(bound, tail));
                }
            }
            Orders.shuffle(centred, random);
            double drawn = independent.statistic(centred);
            extremes.add(drawn);
            if (drawn >= enough) {
                reached++;
            }
        }
        double p = (reached + 1.0) / (extremes.count() + 1.0);
        return reached == 0 && centred.length > SHORT
                ? Math.max(LEAST_P, Math.min(p, extremes.chanceBeyond(statistic)))
                : p;
    }
}

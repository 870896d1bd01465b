package dev.infermark.regress.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.SplittableRandom;

/**
 * Whether many small samples look as if their values came in modes: then the largest gap between neighbouring values
 * takes more of a sample's range than it does among Gaussian ones.
 *
 * <p>A single sample of three or five values can show nothing; the mean over a suite's samples can.
 */
public final class Modality {
    private static final int LEAST_VALUES = 3;
    private static final int DRAWS = 2000;

    /** Of what is left of the range besides a Gaussian sample's gap, heavy tails take less and modes more. */
    private static final double MODES = 0.2;

    private Modality() {}

    /** Whether samples of one size, taken together, look as if they had modes; never where they have two values. */
    public static boolean isIn(Collection<double[]> samples) {
        double[] shares = samples.stream()
                .filter(sample -> sample.length >= LEAST_VALUES)
                .mapToDouble(Modality::gapShare)
                .filter(Double::isFinite)
                .toArray();
        if (shares.length == 0) {
            return false;
        }
        double gaussian = gaussian(samples.iterator().next().length);
        return Arrays.stream(shares).average().orElseThrow() > gaussian + MODES * (1 - gaussian);
    }

    private static double gaussian(int size) {
        SplittableRandom random = new SplittableRandom(size);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            double[] sample = new double[size];
            Arrays.setAll(sample, _ -> random.nextGaussian());
            sum += gapShare(sample);
        }
        return sum / DRAWS;
    }

    private static double gapShare(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double gap = 0;
        for (int i = 1; i < sorted.length; i++) {
            gap = Math.max(gap, sorted[i] - sorted[i - 1]);
        }
        return gap / (sorted[sorted.length - 1] - sorted[0]);
    }
}

package dev.infermark.regress.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** How many forks per side would settle a comparison. */
public final class ForksNeeded {
    /** Beyond this number no one waits for the answer; it stands for "this many or more". */
    public static final int MOST = 1000;

    private static final double POWER = 0.9;
    private static final double HALF_LEVEL = 0.025;

    private ForksNeeded() {}

    /**
     * The least number of forks per side with which, nine times of ten, twice the threshold is found at the given level
     * and no change at all is seen to lie within the threshold.
     *
     * <p>Solves n = 2 (spread / δ)² (t₁ + t₂)², the usual sample size of the two-sample t-test, for both answers.
     *
     * @param spread standard deviation of a fork's logarithm
     * @param threshold relative change that matters, such as 0.05
     * @param level p-value that an alarm needs in this suite
     * @param atLeast smallest answer
     */
    public static int of(double spread, double threshold, double level, int atLeast) {
        int low = Math.max(2, atLeast);
        int high = MOST;
        while (low < high) {
            int middle = (low + high) / 2;
            if (isEnough(middle, spread, threshold, level)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean isEnough(int forks, double spread, double threshold, double level) {
        TDistribution t = TDistribution.of(2 * forks - 2.0);
        double error = spread * Math.sqrt(2.0 / forks);
        double alarm = error * (t.inverseSurvivalProbability(level / 2) + t.inverseCumulativeProbability(POWER));
        if (alarm > Math.log1p(2 * threshold)) {
            return false;
        }
        // Both ends of the interval must keep inside: each may fail in half of the remaining cases.
        double within =
                error * (t.inverseSurvivalProbability(HALF_LEVEL) + t.inverseCumulativeProbability((1 + POWER) / 2));
        return within <= Math.log1p(threshold);
    }
}

package dev.infermark.regress.study;

import dev.infermark.regress.detect.ChangePointDetector;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** How long the detector takes for a thousand histories of a thousand runs. */
public final class DetectorSpeed {
    private static final int HISTORIES = 1000;
    private static final int RUNS = 1000;
    private static final double SPREAD = 0.02;
    private static final double STEP = 1.05;

    private DetectorSpeed() {}

    /**
     * Wall-clock time on one core.
     *
     * @param flatSeconds for histories without any change
     * @param stepSeconds for histories with one step of 5 % in the middle
     */
    public record Times(double flatSeconds, double stepSeconds) {}

    /** Times both kinds, in a JVM that has just started, as a user's would. */
    public static Times measure(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        return new Times(seconds(1, random), seconds(STEP, random));
    }

    private static double seconds(double step, RandomGenerator random) {
        ChangePointDetector detector = new ChangePointDetector(0);
        long spent = 0;
        for (int i = 0; i < HISTORIES; i++) {
            double[] history = Noise.GAUSSIAN.draw(RUNS, SPREAD, random);
            for (int run = RUNS / 2; run < RUNS; run++) {
                history[run] *= step;
            }
            long start = System.nanoTime();
            detector.detect(history);
            spent += System.nanoTime() - start;
        }
        return spent / (double) Duration.ofSeconds(1).toNanos();
    }
}

package dev.infermark.regress.study;

import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.detect.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** How early, how exactly and how often wrongly the detector tells of changes, by questions a user would ask. */
public final class DetectorStudy {
    private static final double SPREAD = 0.01;
    private static final int LONG = 100;

    private final ChangePointDetector detector = new ChangePointDetector(0);
    private final int histories;
    private final long seed;

    /** A study of so many histories for each question. */
    public DetectorStudy(int histories, long seed) {
        this.histories = histories;
        this.seed = seed;
    }

    /**
     * An answer.
     *
     * @param question what was asked
     * @param data of which histories
     * @param share the share of histories, or an F1
     * @param goal what is wanted, such as {@code ≥ 0.85}
     */
    public record Answer(String question, String data, double share, String goal) {}

    /** All answers. */
    public List<Answer> run() {
        List<Answer> answers = new ArrayList<>();
        shortSeries(answers);
        answers.add(new Answer(
                "doubling 3 runs old, 10 runs after a change, found",
                "Gaussian, σ 1 %",
                share(this::afterChange),
                "≥ 0.95"));
        episodes(answers);
        flat(answers);
        exact(answers);
        return List.copyOf(answers);
    }

    private void shortSeries(List<Answer> answers) {
        int[] lengths = {12, 16, 20, 30};
        double[] goals = {0.5, 0.85, 0.95, 0.99};
        for (int i = 0; i < lengths.length; i++) {
            int n = lengths[i];
            answers.add(new Answer(
                    "+20 % in the middle of " + n + " runs, found",
                    "Gaussian, σ 1 %",
                    share(random -> hit(step(flat(Noise.GAUSSIAN, n, random), n / 2, 0.2), n / 2, 1)),
                    "≥ " + goals[i]));
        }
    }

    private double afterChange(RandomGenerator random) {
        double[] series = flat(Noise.GAUSSIAN, 53, random);
        step(step(series, 40, 0.1), 50, 1);
        return hit(series, 50, 0);
    }

    private void episodes(List<Answer> answers) {
        int[] lengths = {3, 5, 8};
        double[] goals = {0.8, 0.9, 0.95};
        for (int i = 0; i < lengths.length; i++) {
            int runs = lengths[i];
            answers.add(new Answer(
                    "episode of +10 % over " + runs + " runs: F1", "Gaussian, σ 1 %",
                    episodeF1(runs), "≥ " + goals[i]));
        }
    }

    private double episodeF1(int runs) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        int stray = 0;
        for (int h = 0; h < histories; h++) {
            double[] series = flat(Noise.GAUSSIAN, LONG, random);
            int from = random.nextInt(20, LONG - 30);
            step(step(series, from, 0.1), from + runs, 1 / 1.1 - 1);
            Findings findings = detector.find(series);
            boolean hit = findings.episodes().stream().anyMatch(e -> isNear(e, from, from + runs));
            found += hit ? 1 : 0;
            stray += findings.episodes().size() + findings.changes().size() - (hit ? 1 : 0);
        }
        return 2.0 * found / (2.0 * found + stray + (histories - found));
    }

    private static boolean isNear(Episode episode, int from, int to) {
        return Math.abs(episode.from() - from) <= 1 && Math.abs(episode.to() - to) <= 1;
    }

    private void flat(List<Answer> answers) {
        List<Noise> kinds = List.of(
                Noise.GAUSSIAN,
                Noise.OUTLIERS,
                Noise.WEAKLY_AUTOREGRESSIVE,
                Noise.AUTOREGRESSIVE,
                Noise.STRONGLY_AUTOREGRESSIVE,
                Noise.BIMODAL,
                Noise.STICKY);
        double[] goals = {0.005, 0.005, 0.02, 0.05, 0.08, 0.02, 0.1};
        for (int i = 0; i < goals.length; i++) {
            Noise noise = kinds.get(i);
            answers.add(new Answer(
                    "flat over 100 runs: any lasting change told",
                    noise.label(),
                    share(random -> detector.find(flat(noise, LONG, random)).changes().isEmpty() ? 0 : 1),
                    "≤ " + goals[i]));
            answers.add(new Answer(
                    "flat over 100 runs: any episode told",
                    noise.label(),
                    share(random -> detector.find(flat(noise, LONG, random)).episodes().isEmpty() ? 0 : 1),
                    "–"));
        }
    }

    private void exact(List<Answer> answers) {
        for (int runs : new int[] {3, 4, 6}) {
            answers.add(new Answer(
                    "step of 10 σ, " + runs + " new runs: exact run named",
                    "Gaussian, σ 1 %",
                    share(random -> hit(step(flat(Noise.GAUSSIAN, LONG + runs, random), LONG, 0.1), LONG, 0)),
                    "≥ 0.9"));
        }
    }

    private double share(ToDoubleFunction<RandomGenerator> trial) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int h = 0; h < histories; h++) {
            sum += trial.applyAsDouble(random);
        }
        return sum / histories;
    }

    private double hit(double[] series, int place, int near) {
        List<ChangePoint> changes = detector.detect(series);
        return changes.stream().anyMatch(c -> Math.abs(c.index() - place) <= near) ? 1 : 0;
    }

    private static double[] flat(Noise noise, int runs, RandomGenerator random) {
        return noise.draw(runs, SPREAD, random);
    }

    private static double[] step(double[] series, int place, double size) {
        for (int i = place; i < series.length; i++) {
            series[i] *= 1 + size;
        }
        return series;
    }
}

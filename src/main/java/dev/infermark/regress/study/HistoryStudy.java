package dev.infermark.regress.study;

import dev.infermark.base.Median;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.study.SeriesSource.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Counts how often the change-point detector errs on flat histories and on histories with one step. */
public final class HistoryStudy {
    private static final int RUNS = 100;
    private static final int NEAR = 3;
    private static final int LONGEST_DELAY = 30;

    private final SeriesSource source;
    private final int histories;
    private final long seed;
    private final ChangePointDetector detector;

    private HistoryStudy(SeriesSource source, int histories, long seed) {
        this.source = source;
        this.histories = histories;
        this.seed = seed;
        this.detector = new ChangePointDetector(seed);
    }

    /** A study of generated histories. */
    public static HistoryStudy synthetic(Noise noise, int histories, long seed) {
        return new HistoryStudy(SeriesSource.synthetic(noise), histories, seed);
    }

    /** A study of histories drawn from measured forks. */
    public static HistoryStudy measured(List<BenchmarkResult> results, int histories, long seed) {
        return new HistoryStudy(SeriesSource.measured(results), histories, seed);
    }

    /** The detector's rates. */
    public HistoryRates run() {
        RandomGenerator random = new SplittableRandom(seed);
        Ratio flat = new Ratio();
        for (int i = 0; i < histories; i++) {
            source.draw(RUNS, Spread.ANY, random)
                    .ifPresent(series -> flat.add(!detector.detect(series).isEmpty()));
        }
        Steps quiet = steps(Spread.QUIET, 0.05, random);
        Steps any = steps(Spread.ANY, 0.10, random);
        return new HistoryRates(flat.value(), quiet.f1(), any.f1(), any.recall(), delay(random));
    }

    /** How many steps were found, and what else was called. */
    private record Steps(int found, int missed, int stray) {
        double f1() {
            return found == 0 ? 0 : 2.0 * found / (2.0 * found + missed + stray);
        }

        double recall() {
            return (double) found / Math.max(1, found + missed);
        }
    }

    private Steps steps(Spread spread, double size, RandomGenerator random) {
        int found = 0;
        int missed = 0;
        int stray = 0;
        for (int i = 0; i < histories; i++) {
            int place = RUNS / 5 + random.nextInt(3 * RUNS / 5);
            Optional<double[]> series = source.draw(RUNS, spread, random).map(s -> step(s, place, size));
            if (series.isPresent()) {
                List<ChangePoint> called = detector.detect(series.get());
                boolean hit = called.stream().anyMatch(c -> isNear(c, place));
                found += hit ? 1 : 0;
                missed += hit ? 0 : 1;
                stray += called.size() - (hit ? 1 : 0);
            }
        }
        return new Steps(found, missed, stray);
    }

    private double delay(RandomGenerator random) {
        int place = RUNS / 2;
        double[] delays = IntStream.range(0, Math.max(1, histories / 10))
                .mapToObj(_ -> source.draw(place + LONGEST_DELAY, Spread.QUIET, random))
                .flatMap(Optional::stream)
                .mapToDouble(series -> delay(step(series, place, 0.05), place))
                .toArray();
        return delays.length == 0 ? LONGEST_DELAY + 1 : Median.of(delays);
    }

    private int delay(double[] series, int place) {
        return IntStream.rangeClosed(1, LONGEST_DELAY)
                .filter(runs -> detector.detect(Arrays.copyOf(series, place + runs)).stream()
                        .anyMatch(c -> isNear(c, place)))
                .findFirst()
                .orElse(LONGEST_DELAY + 1);
    }

    private static boolean isNear(ChangePoint change, int place) {
        return Math.abs(change.index() - place) <= NEAR;
    }

    private static double[] step(double[] series, int place, double size) {
        double[] stepped = series.clone();
        for (int i = place; i < stepped.length; i++) {
            stepped[i] *= 1 + size;
        }
        return stepped;
    }
}

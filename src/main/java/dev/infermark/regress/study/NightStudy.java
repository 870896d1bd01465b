package dev.infermark.regress.study;

import dev.infermark.jmh.Direction;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.history.Look;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.history.SuiteFindings;
import dev.infermark.regress.history.SuiteLook;
import dev.infermark.regress.history.ToldLog;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.statistics.Autocorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a suite of a hundred benchmarks tells that is looked at night after night, from sixty runs on: how often wrongly
 * over a hundred nights, and how many nights late.
 */
public final class NightStudy {
    private static final int BENCHMARKS = 100;
    private static final int FIRST_LOOK = 60;
    private static final int NIGHTS = 100;
    private static final int STEP_AT = 100;
    private static final int LONGEST_DELAY = 30;
    private static final double SPREAD = 0.02;
    private static final double LEAST = 0.01;

    private final ChangePointDetector detector = new ChangePointDetector(0);
    private final double level;
    private final long seed;

    /** A study of looks that may spend a level, such as 0.02. */
    public NightStudy(double level, long seed) {
        this.level = level;
        this.seed = seed;
    }

    /**
     * How often flat suites told something.
     *
     * @param data which noise
     * @param firstLook findings told at the first look, per suite
     * @param perNight findings told at a later look
     * @param suites share of the suites that told anything in any of the nights
     */
    public record FalseReports(String data, double firstLook, double perNight, double suites) {}

    /**
     * How many runs of the new level it takes until a step in one benchmark of the suite is told; 31 for later.
     *
     * @param data which noise
     * @param step its relative size
     * @param median half of the steps are told by then
     * @param late nine of ten steps are told by then
     * @param alone the median where the benchmark is looked at by itself, each night as if for the first time
     */
    public record Delay(String data, double step, int median, int late, int alone) {}

    /** How often flat suites of one noise told something. */
    public FalseReports falseReports(Noise noise, int suites) {
        RandomGenerator random = new SplittableRandom(seed);
        int first = 0;
        int later = 0;
        int any = 0;
        for (int s = 0; s < suites; s++) {
            List<double[]> values = IntStream.range(0, BENCHMARKS)
                    .mapToObj(_ -> noise.draw(FIRST_LOOK + NIGHTS, SPREAD, random))
                    .toList();
            ToldLog log = look(values, FIRST_LOOK, ToldLog.EMPTY);
            int told = told(log);
            first += told;
            for (int night = 1; night <= NIGHTS; night++) {
                log = look(values, FIRST_LOOK + night, log);
            }
            later += told(log) - told;
            any += told(log) > told ? 1 : 0;
        }
        return new FalseReports(
                noise.label(),
                (double) first / suites,
                (double) later / suites / NIGHTS,
                (double) any / suites);
    }

    private ToldLog look(List<double[]> values, int runs, ToldLog before) {
        List<Series> suite = IntStream.range(0, values.size())
                .mapToObj(i -> series("b" + i, Arrays.copyOf(values.get(i), runs)))
                .toList();
        List<SeriesReport> found = SuiteFindings.of(suite, detector, () -> {});
        return SuiteLook.at(found, before, LEAST, level).log();
    }

    private static Series series(String benchmark, double... values) {
        return new Series(
                benchmark,
                "ns/op",
                Direction.LOWER,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Series.Run(Integer.toString(i), "", Optional.empty(), values[i]))
                        .toList());
    }

    private static int told(ToldLog log) {
        return (int) log.events().stream()
                .filter(ToldLog.Told.class::isInstance)
                .count();
    }

    /** How late a step of one size is told, of so many steps. */
    public Delay delay(Noise noise, double step, int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> all = IntStream.range(0, steps)
                .mapToObj(_ -> stepped(noise.draw(STEP_AT + LONGEST_DELAY, SPREAD, random), step))
                .toList();
        List<SeriesReport> others = IntStream.range(1, BENCHMARKS)
                .mapToObj(i -> new SeriesReport(series("b" + i), List.of(), List.of(), List.of()))
                .toList();
        ToldLog nights = new ToldLog(IntStream.rangeClosed(FIRST_LOOK, STEP_AT)
                .<ToldLog.Event>mapToObj(runs -> new ToldLog.Looked(new Look(Integer.toString(runs - 1), runs)))
                .toList());
        double common = common(noise, random);
        int[] inSuite = delays(all, others, nights, common);
        return new Delay(
                noise.label(),
                step,
                inSuite[inSuite.length / 2],
                inSuite[inSuite.length * 9 / 10],
                delays(all, List.of(), ToldLog.EMPTY, 0)[steps / 2]);
    }

    /** The autocorrelation that the suite's benchmarks have in common. */
    private double common(Noise noise, RandomGenerator random) {
        return Autocorrelation.common(IntStream.range(0, BENCHMARKS)
                .mapToDouble(_ -> detector.find(noise.draw(STEP_AT, SPREAD, random)).coefficient())
                .toArray());
    }

    private int[] delays(List<double[]> all, List<SeriesReport> others, ToldLog before, double common) {
        return all.parallelStream()
                .mapToInt(values -> delay(values, others, before, common))
                .sorted()
                .toArray();
    }

    private int delay(double[] values, List<SeriesReport> others, ToldLog before, double common) {
        List<ToldLog.Event> looks = new ArrayList<>(before.events());
        for (int runs = 1; runs <= LONGEST_DELAY; runs++) {
            double[] now = Arrays.copyOf(values, STEP_AT + runs);
            SeriesReport own = SeriesReport.of(series("b0", now), detector.findAmong(now, common));
            SuiteLook look = SuiteLook.at(
                    Stream.concat(Stream.of(own), others.stream()).toList(), new ToldLog(looks), LEAST, level);
            if (!look.reports().getFirst().changes().isEmpty()) {
                return runs;
            }
            if (!others.isEmpty()) {
                looks.add(new ToldLog.Looked(new Look(Integer.toString(STEP_AT + runs - 1), STEP_AT + runs)));
            }
        }
        return LONGEST_DELAY + 1;
    }

    private static double[] stepped(double[] values, double step) {
        for (int i = STEP_AT; i < values.length; i++) {
            values[i] *= 1 + step;
        }
        return values;
    }
}

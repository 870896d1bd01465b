package dev.infermark.regress.history;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.select.ForkStatistic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One line of the history.
 *
 * @param benchmark name with parameters
 * @param run name of the run
 * @param value statistic of the fork
 * @param unit unit of the value
 * @param direction which way the value gets better
 * @param commit commit that was measured, may be empty
 * @param time when it was measured, may be empty
 * @param fork number of the fork, from 1
 */
public record HistoryLine(
        String benchmark,
        String run,
        double value,
        String unit,
        Direction direction,
        String commit,
        String time,
        int fork) {

    /** Refuses a run without a name, which no reader of the history could take. */
    public HistoryLine {
        run = run.strip();
        if (run.isEmpty()) {
            throw new UserError("the run has no name: give it one, such as --run 17");
        }
    }

    /** The lines of a run's results: one per benchmark and fork. */
    public static List<HistoryLine> of(
            List<BenchmarkResult> results, ForkStatistic statistic, String run, String commit, String time) {
        return results.stream()
                .flatMap(result -> lines(result, statistic, run, commit, time))
                .toList();
    }

    private static Stream<HistoryLine> lines(
            BenchmarkResult result, ForkStatistic statistic, String run, String commit, String time) {
        double[] values = statistic.ofEach(result.forks());
        return IntStream.range(0, values.length)
                .mapToObj(i -> new HistoryLine(
                        result.key().label(),
                        run,
                        values[i],
                        result.unit(),
                        result.direction(),
                        commit,
                        time,
                        i + 1));
    }

    /** The fields by the names of their columns. */
    Map<String, String> fields() {
        return Map.of(
                "benchmark", benchmark,
                "run", run,
                "value", Double.toString(value),
                "unit", unit,
                "direction", direction.label(),
                "commit", commit,
                "time", time,
                "fork", Integer.toString(fork));
    }
}

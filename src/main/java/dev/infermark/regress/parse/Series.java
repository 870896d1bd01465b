package dev.infermark.regress.parse;

import dev.infermark.jmh.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The history of one benchmark, one value per run, oldest first.
 *
 * @param benchmark name
 * @param unit unit of the values, empty where the file names none
 * @param direction which way the value gets better
 * @param runs the runs in order
 */
public record Series(String benchmark, String unit, Direction direction, List<Run> runs) {

    /**
     * One run of a benchmark.
     *
     * @param label the run's name in the file
     * @param commit the commit it measured, empty where the file names none
     * @param time when it ran, where the file says it
     * @param value median over the run's rows (its forks)
     */
    public record Run(String label, String commit, Optional<Instant> time, double value) {}

    /** Copies the runs. */
    public Series {
        runs = List.copyOf(runs);
    }

    /** The values alone, oldest first. */
    public double[] values() {
        return runs.stream().mapToDouble(Run::value).toArray();
    }
}

package dev.infermark.regress.parse;

import java.util.List;

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
     * @param time when it ran, empty where the file says nothing
     * @param value median over the run's rows (its forks)
     */
    public record Run(String label, String commit, String time, double value) {}

    /** Copies the runs. */
    public Series {
        runs = List.copyOf(runs);
    }

    /** The values alone, oldest first. */
    public double[] values() {
        return runs.stream().mapToDouble(Run::value).toArray();
    }
}

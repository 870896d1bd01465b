package dev.infermark.regress.parse;

import dev.infermark.base.Median;
import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.jmh.TimeUnits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Gathers the rows of one benchmark and puts its runs in order. */
final class SeriesBuilder {
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    private final String benchmark;
    private final String unit;
    private final Direction direction;
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private int rows;

    SeriesBuilder(String benchmark, String unit, Direction direction) {
        this.benchmark = benchmark;
        this.unit = unit;
        this.direction = direction;
    }

    /** The values of one run. */
    private static final class Samples {
        private final Series.Run first;
        private double[] values = new double[1];
        private int count;

        private Samples(Series.Run first) {
            this.first = first;
        }

        private void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        private Series.Run run() {
            return count == 1
                    ? first
                    : new Series.Run(
                            first.label(), first.commit(), first.time(), Median.of(Arrays.copyOf(values, count)));
        }
    }

    void add(Series.Run row) {
        samples.computeIfAbsent(row.label(), _ -> new Samples(row)).add(row.value());
        rows++;
    }

    /**
     * What a row's value is multiplied with to be in the unit of the benchmark's first row; refuses a row that
     * contradicts the earlier ones.
     */
    double factor(String rowUnit, Direction rowDirection, String place) {
        OptionalDouble factor = TimeUnits.factor(rowUnit, unit);
        if (factor.isEmpty() || direction != rowDirection) {
            throw new UserError("%s: %s is in '%s' (%s is better) here but in '%s' (%s is better) before: use one"
                    .formatted(place, benchmark, rowUnit, rowDirection.label(), unit, direction.label()));
        }
        return factor.getAsDouble();
    }

    /** How many rows share their run with an earlier row. */
    int repeats() {
        return rows - samples.size();
    }

    /** The series: by number where all runs are numbers, else by time where all have one, else as in the file. */
    Series build() {
        List<Series.Run> runs =
                new ArrayList<>(samples.values().stream().map(Samples::run).toList());
        if (runs.stream().allMatch(run -> WHOLE.matcher(run.label()).matches())) {
            runs.sort(Comparator.comparing(run -> new BigInteger(run.label())));
        } else if (runs.stream().noneMatch(run -> run.time().isEmpty())) {
            runs.sort(Comparator.comparing(run -> run.time().orElseThrow()));
        }
        return new Series(benchmark, unit, direction, runs);
    }
}

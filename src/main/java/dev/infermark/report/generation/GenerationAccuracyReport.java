package dev.infermark.report.generation;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.generate.GenerationAccuracy;
import dev.infermark.validate.generate.GenerationParameter;
import java.util.Arrays;
import java.util.List;

/** How well text generation is predicted, as a table. */
public final class GenerationAccuracyReport {
    private static final double PERCENT = 100;
    private static final Cell NONE = new Cell.Missing("");

    private GenerationAccuracyReport() {}

    /** A row per class and protocol. */
    public static Table table(GenerationAccuracy accuracy) {
        return new Table(
                List.of(
                        Column.plain("class", "Class"),
                        Column.plain("protocol", "Protocol"),
                        Column.plain("configurations", "Configurations"),
                        percent("mean_error_percent", "Mean error"),
                        percent("median_error_percent", "Median"),
                        percent("p90_error_percent", "p90"),
                        percent("worst_error_percent", "Worst"),
                        percent("bias_percent", "Bias"),
                        percent("coverage_percent", "In 90 % intervals"),
                        Column.plain("goal_mean_percent", "Goal mean, %"),
                        Column.plain("goal_worst_percent", "Goal worst, %"),
                        Column.plain("met", "Met")),
                accuracy.lines().stream().map(GenerationAccuracyReport::row).toList());
    }

    /** The fitted parameters, one to a row. */
    public static Table parameters(GenerationCalibration fitted) {
        return new Table(
                List.of(
                        Column.plain("parameter", "Parameter"),
                        Column.modelled("value", "Value", ""),
                        Column.plain("unit", "Unit"),
                        Column.plain("start", "Start")),
                Arrays.stream(GenerationParameter.values())
                        .map(each -> List.of(
                                Cell.of(each.key()),
                                Cell.of(each.value(fitted)),
                                Cell.of(each.unit()),
                                Cell.of(each.start())))
                        .toList());
    }

    private static Column percent(String key, String title) {
        return Column.modelled(key, title, "%");
    }

    private static List<Cell> row(GenerationAccuracy.Line line) {
        return List.of(
                Cell.of(line.title()),
                Cell.of(line.protocol().label()),
                Cell.of((long) line.errors().count()),
                rounded(line.errors().mean()),
                rounded(line.errors().median()),
                rounded(line.errors().p90()),
                rounded(line.errors().worst()),
                rounded(line.errors().bias()),
                line.coverage().isPresent() ? rounded(line.coverage().getAsDouble()) : NONE,
                Cell.of(line.meanGoalPercent()),
                line.worstGoalPercent().isPresent()
                        ? Cell.of(line.worstGoalPercent().getAsDouble())
                        : NONE,
                line.protocol() == GenerationAccuracy.Protocol.FITTED_ONLY
                        ? NONE
                        : Cell.of(line.isMet() ? "yes" : "no"));
    }

    private static Cell rounded(double share) {
        return new Cell.Quantity(Math.rint(PERCENT * PERCENT * share) / PERCENT, 3);
    }
}

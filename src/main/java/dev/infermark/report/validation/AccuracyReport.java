package dev.infermark.report.validation;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.accuracy.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The table of accuracies beside what is to be reached. */
public final class AccuracyReport {
    private AccuracyReport() {}

    /** One row per class and quantity. */
    public static Table table(Accuracy accuracy) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("class", "Class"),
                Column.plain("protocol", "Protocol"),
                Column.plain("quantity", "Quantity"),
                Column.plain("configurations", "Configurations")));
        columns.addAll(ValidationReport.errorColumns());
        columns.add(Column.modelled("coverage_percent", "Rows inside their 90 % intervals", "%"));
        columns.add(Column.plain("goal_mean_percent", "Goal mean, %"));
        columns.add(Column.plain("goal_worst_percent", "Goal worst, %"));
        columns.add(Column.plain("goal_spearman", "Goal Spearman"));
        columns.add(Column.plain("met", "Met"));
        columns.add(Column.result("noise_percent", "Noise of what was published", "%", NumberKind.DERIVED));
        return new Table(columns, accuracy.lines().stream().map(AccuracyReport::row).toList());
    }

    private static List<Cell> row(Accuracy.Line line) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(line.name()),
                Cell.of(line.protocol()),
                Cell.of(line.quantity()),
                Cell.of(line.errors().count())));
        cells.addAll(ValidationReport.errorCells(line.errors()));
        cells.add(line.coverage().isPresent()
                ? ValidationReport.percent(line.coverage().getAsDouble())
                : new Cell.Missing(""));
        cells.add(optional(line.goal().meanPercent()));
        cells.add(optional(line.goal().worstPercent()));
        cells.add(optional(line.goal().spearman()));
        cells.add(Cell.of(line.goal().isMetBy(line.errors()).map(met -> met ? "yes" : "no").orElse("")));
        cells.add(line.noise().isPresent()
                ? ValidationReport.percent(line.noise().getAsDouble())
                : new Cell.Missing(""));
        return cells;
    }

    private static Cell optional(OptionalDouble value) {
        return value.isPresent() ? Cell.of(value.getAsDouble()) : new Cell.Missing("");
    }
}

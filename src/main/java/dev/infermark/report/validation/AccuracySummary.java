package dev.infermark.report.validation;

import dev.infermark.base.NumberKind;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** The classes with a goal, by the latency of their configurations, from what {@code infermark accuracy} wrote. */
public final class AccuracySummary {
    private static final List<Column> COLUMNS = List.of(
            Column.plain("class", "Class"),
            Column.plain("protocol", "Protocol"),
            Column.plain("configurations", "Configurations"),
            Column.result("mean_error_percent", "Mean error", "%", NumberKind.MODELLED),
            Column.result("worst_error_percent", "Worst error", "%", NumberKind.MODELLED),
            Column.plain("goal_mean_percent", "Goal mean, %"),
            Column.plain("goal_worst_percent", "Goal worst, %"),
            Column.plain("met", "Met"));

    private AccuracySummary() {}

    /** The table of a file. */
    public static Table read(Path file) {
        return new Table(
                COLUMNS,
                CsvReader.rows(file, List.of("quantity", "goal_mean_percent")).stream()
                        .filter(row -> row.text("quantity").equals("latency"))
                        .filter(row -> row.get("goal_mean_percent").isPresent())
                        .map(AccuracySummary::cells)
                        .toList());
    }

    private static List<Cell> cells(CsvRow row) {
        return COLUMNS.stream().map(column -> cell(row.text(column.key()))).toList();
    }

    private static Cell cell(String value) {
        return value.matches("\\d+\\.\\d+|\\d+") ? new Cell.Decimal(new BigDecimal(value)) : Cell.of(value);
    }
}

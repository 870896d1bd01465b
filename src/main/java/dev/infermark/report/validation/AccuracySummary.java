package dev.infermark.report.validation;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes with a goal, by the latency of their configurations, from what {@code infermark accuracy} wrote: one line
 * for a class, with both protocols side by side.
 */
public final class AccuracySummary {
    private static final String FITTED = "all families fitted";

    private AccuracySummary() {}

    /** The table of a file. */
    public static Table read(Path file) {
        List<CsvRow> rows = CsvReader.rows(file, List.of("class", "quantity", "goal_mean_percent"));
        Map<String, List<CsvRow>> classes = rows.stream()
                .filter(row -> row.text("quantity").equals("latency"))
                .filter(row -> row.get("goal_mean_percent").isPresent())
                .collect(Collectors.groupingBy(row -> row.text("class"), LinkedHashMap::new, Collectors.toList()));
        List<Column> columns = List.of(
                Column.plain("class", "Class"),
                Column.plain("configurations", "Configurations"),
                Column.modelled("unseen_error_percent", "Family left out, mean / worst", "%"),
                Column.modelled("fitted_error_percent", "Fitted, mean / worst", "%"),
                Column.plain("goal_percent", "Goal, %"),
                Column.plain("met", "Met"));
        return new Table(columns, classes.values().stream().map(AccuracySummary::cells).toList());
    }

    private static List<Cell> cells(List<CsvRow> rows) {
        CsvRow first = rows.getFirst();
        return List.of(
                Cell.of(first.text("class")),
                Cell.of((long) first.requiredNumber("configurations")),
                Cell.of(pair(rows, protocol -> !protocol.equals(FITTED), "mean_error_percent", "worst_error_percent")),
                Cell.of(pair(rows, FITTED::equals, "mean_error_percent", "worst_error_percent")),
                Cell.of(pair(rows, _ -> true, "goal_mean_percent", "goal_worst_percent")),
                Cell.of(met(rows)));
    }

    private static String pair(List<CsvRow> rows, Predicate<String> protocol, String mean, String worst) {
        return rows.stream()
                .filter(row -> protocol.test(row.text("protocol")))
                .findFirst()
                .map(row -> Stream.of(row.number(mean), row.number(worst))
                        .filter(value -> value.isPresent())
                        .map(value -> String.format(Locale.ROOT, "%.1f", value.getAsDouble()))
                        .collect(Collectors.joining(" / ")))
                .orElse("");
    }

    /** Whether the goal is met by every protocol, by none, or by which one. */
    private static String met(List<CsvRow> rows) {
        List<CsvRow> meeting = rows.stream().filter(row -> row.text("met").equals("yes")).toList();
        Optional<CsvRow> one = meeting.stream().findFirst();
        return meeting.size() == rows.size() ? "yes"
                : one.map(row -> row.text("protocol").equals(FITTED) ? "fitted only" : "left out only").orElse("no");
    }
}

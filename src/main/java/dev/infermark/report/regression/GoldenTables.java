package dev.infermark.report.regression;

import dev.infermark.base.NumberKind;
import dev.infermark.regress.golden.GoldenDifference;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What changed in modelled numbers, beside what was published. */
public final class GoldenTables {
    private static final int DIGITS = 6;

    private GoldenTables() {}

    /** One row per difference; {@code keys} are the names of the key columns. */
    public static Table of(List<GoldenDifference> differences, List<String> keys) {
        List<Column> columns = new ArrayList<>(
                keys.stream().map(key -> Column.plain(key, key.replace('_', ' '))).toList());
        columns.add(Column.modelled("old", "Old", ""));
        columns.add(Column.modelled("new", "New", ""));
        columns.add(Column.result("published", "Published", "", NumberKind.PUBLISHED));
        columns.add(Column.plain("error_before", "Error before"));
        columns.add(Column.plain("error_after", "Error after"));
        return new Table(columns, differences.stream().map(GoldenTables::row).toList());
    }

    private static List<Cell> row(GoldenDifference difference) {
        List<Cell> cells = new ArrayList<>(IntStream.range(0, difference.key().fields().size())
                .mapToObj(i -> Cell.of(difference.key().fields().get(i)))
                .toList());
        cells.add(number(difference.before(), "none"));
        cells.add(number(difference.after(), "gone"));
        cells.add(number(difference.published(), "–"));
        cells.add(error(difference.error(difference.before())));
        cells.add(error(difference.error(difference.after())));
        return cells;
    }

    private static Cell number(Optional<String> text, String absent) {
        OptionalDouble number = GoldenDifference.number(text);
        return number.isPresent()
                ? new Cell.Quantity(number.getAsDouble(), DIGITS)
                : new Cell.Missing(text.orElse(absent));
    }

    private static Cell error(OptionalDouble error) {
        return error.isPresent() ? Cell.of(Percent.change(error.getAsDouble())) : new Cell.Missing("–");
    }
}

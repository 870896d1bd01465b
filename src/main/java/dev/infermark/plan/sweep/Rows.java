package dev.infermark.plan.sweep;

import dev.infermark.base.FileDigits;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvWriter;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.CustomSupport;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rows of a sweep say; safe for use by several threads. */
public interface Rows {

    /** What a grid asks for, answered with these chips and prices. */
    static Rows of(
            Grid grid, Catalog catalog, PriceBook book, Quoter quoter, CustomSupport custom) {
        return grid.generates()
                ? new GenerationRows(catalog, book, quoter.generation())
                : new EncoderRows(catalog, book, quoter, custom);
    }

    /** The columns after the number and the settings. */
    List<Column> columns();

    /**
     * The values of these columns.
     *
     * @throws UserError when there is no answer
     */
    List<Object> values(Grid.Point point);

    /** All columns: the number of the row, the settings, the answer and why there is none. */
    default List<Column> allColumns(Grid grid) {
        return Stream.of(
                        Stream.of(Column.whole("row")),
                        grid.axes().stream().map(Axis::column),
                        columns().stream(),
                        Stream.of(Column.text("refused")))
                .flatMap(columns -> columns)
                .toList();
    }

    /** The answer about a combination, with as many digits as files have, or why there is none. */
    default Answer answer(Grid.Point point) {
        try {
            return new Answer.Values(values(point).stream()
                    .map(value -> value instanceof Double number ? FileDigits.round(number) : value)
                    .toList());
        } catch (UserError e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** The header of a file, without a line end. */
    default String header(Grid grid) {
        return allColumns(grid).stream().map(Column::name).collect(Collectors.joining(","));
    }

    /** A row of a file, without a line end; one without an answer says why in its last field. */
    default String row(Grid.Point point) {
        return row(point, answer(point));
    }

    /** The row of a combination whose answer is known. */
    default String row(Grid.Point point, Answer answer) {
        StringBuilder line = new StringBuilder(128);
        line.append(point.number());
        point.values().forEach(value -> field(line, value));
        switch (answer) {
            case Answer.Values(List<Object> values) -> {
                values.forEach(value -> field(line, value));
                line.append(',');
            }
            case Answer.Refused(String reason) -> {
                line.append(",".repeat(columns().size()));
                field(line, reason.replaceAll("\\R", " "));
            }
        }
        return line.toString();
    }

    private static void field(StringBuilder line, Object value) {
        line.append(',');
        if (value instanceof String text && needsQuotes(text)) {
            line.append(CsvWriter.text(new CsvWriter.Dialect(',', ""), List.of(List.of(text))));
        } else {
            line.append(value);
        }
    }

    private static boolean needsQuotes(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ' ');
    }
}

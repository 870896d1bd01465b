package dev.infermark.plan.sweep;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rows of a sweep say; safe for use by several threads. */
public interface Rows {

    /** The columns after the number and the settings. */
    List<String> columns();

    /**
     * The values of these columns.
     *
     * @throws UserError when there is no answer
     */
    List<Object> values(Grid.Point point);

    /** The header of a file, with its line end. */
    default String header(Grid grid) {
        return Stream.of(
                                Stream.of("row"),
                                grid.axes().stream().map(Axis::name),
                                columns().stream(),
                                Stream.of("refused"))
                        .flatMap(names -> names)
                        .collect(Collectors.joining(","))
                + "\n";
    }

    /** A row of a file, with its line end; one without an answer says why in its last field. */
    default String row(Grid.Point point) {
        StringBuilder line = new StringBuilder(128);
        line.append(point.number());
        point.values().forEach(value -> field(line, value));
        try {
            values(point).forEach(value -> field(line, value));
            line.append(',');
        } catch (UserError e) {
            line.append(",".repeat(columns().size()));
            field(line, String.valueOf(e.getMessage()));
        }
        return line.append('\n').toString();
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

package dev.infermark.csv;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVRecord;

/** One row of a CSV file, its fields found by the header's names in whatever case. */
public final class CsvRow {
    private final CSVRecord csv;
    private final Map<String, Integer> columns;
    private final int width;
    private final Decimals.Comma comma;
    private final String file;
    private final long line;
    private final End end;

    /** What follows a row. */
    enum End {
        /** A line end: the row is whole. */
        LINE_END,
        /** The end of the file: the row may be cut inside its last field. */
        FILE_END
    }

    CsvRow(
            CSVRecord csv,
            Map<String, Integer> columns,
            int width,
            Decimals.Comma comma,
            String file,
            long line,
            End end) {
        this.csv = csv;
        this.columns = columns;
        this.width = width;
        this.comma = comma;
        this.file = file;
        this.line = line;
        this.end = end;
    }

    /** File and line, for messages. */
    public String place() {
        return file + ", line " + line;
    }

    /** The number of the line in the file, from 1. */
    public long line() {
        return line;
    }

    /** Whether a line end follows; where none does, the file may be cut inside the row's last field. */
    public boolean isEnded() {
        return end == End.LINE_END;
    }

    /** How many fields the row has fewer (negative) or more (positive) than the header. */
    public int excess() {
        return csv.size() - width;
    }

    /** A field without surrounding blanks, empty where the file has no such column or the field is blank. */
    public Optional<String> get(String column) {
        return Optional.of(text(column)).filter(text -> !text.isEmpty());
    }

    /** A field without surrounding blanks, {@code ""} where the file has no such column or the field is blank. */
    public String text(String column) {
        Integer index = columns.get(column.toLowerCase(Locale.ROOT));
        return index == null || index >= csv.size() ? "" : csv.get(index).strip();
    }

    /** A field that must not be blank. */
    public String required(String column) {
        return get(column)
                .orElseThrow(() -> new UserError(place() + ": no " + column + "; fill it in or remove the row"));
    }

    /** A number as the file's locale writes it, or empty where the field is none. */
    public OptionalDouble number(String column) {
        return Decimals.read(text(column), comma);
    }

    /** A number that must be there. */
    public double requiredNumber(String column) {
        return number(column)
                .orElseThrow(() -> new UserError(place() + ": " + column + " is '" + text(column)
                        + "', which is no number, or could be read as two; write it as 1234.5"));
    }

    /** Every field in the file's order, without surrounding blanks. */
    public List<String> fields() {
        return csv.stream().map(String::strip).toList();
    }
}
